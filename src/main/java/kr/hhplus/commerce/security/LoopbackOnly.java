package kr.hhplus.commerce.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.core.env.Environment;

/** Requires loopback addresses for the server and its management port in local mode. */
final class LoopbackOnly {

    private LoopbackOnly() {}

    /** @throws AccessRefusedException if another machine could connect */
    static void check(Environment settings) {
        if (Access.of(settings) != Access.LOCAL) {
            return;
        }
        requireLoopback("server.address", settings.getProperty("server.address"));
        String managementPort = settings.getProperty("management.server.port", "");
        String managementAddress = settings.getProperty("management.server.address", "");
        boolean ownPort = !managementPort.isEmpty()
                && !managementPort.startsWith("-")
                && !managementPort.equals(settings.getProperty("server.port", "8080"));
        if (ownPort || !managementAddress.isEmpty()) {
            requireLoopback("management.server.address", managementAddress);
        }
    }

    private static void requireLoopback(String name, String address) {
        if (!isLoopback(address)) {
            String shown = address == null || address.isEmpty() ? "every address" : "'" + address + "'";
            throw new AccessRefusedException(
                    name + " is " + shown + ", but without credentials the server listens on loopback only.",
                    "Set " + name + " to 127.0.0.1, or configure credentials (docs/deploying.md), or set "
                            + Access.PROPERTY + "=open behind a trusted network that authenticates callers.");
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return address != null
                    && !address.isBlank()
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
