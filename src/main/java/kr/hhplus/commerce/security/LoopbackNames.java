package kr.hhplus.commerce.security;

import java.util.Locale;
import java.util.regex.Pattern;

/** Host names and addresses that always mean this machine, whatever a name server answers. */
final class LoopbackNames {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern HOST = Pattern.compile(
            "(([a-z0-9-]+\\.)*localhost|127(\\." + OCTET + "){3}|\\[::1]|\\[0:0:0:0:0:0:0:1])(:\\d{1,5})?");
    private static final Pattern ORIGIN = Pattern.compile("https?://(.*)");

    private LoopbackNames() {}

    /** @param host the value of the header {@code Host}, with or without a port, or null */
    static boolean isLocalHost(String host) {
        return host != null && HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** @param origin the value of the header {@code Origin}; {@code null}, as sandboxed pages send it, is foreign */
    static boolean isLocalOrigin(String origin) {
        var parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        return parts.matches() && isLocalHost(parts.group(1));
    }
}
