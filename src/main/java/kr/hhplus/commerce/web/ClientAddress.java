package kr.hhplus.commerce.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one client address: an IPv4 address, or the IPv6 network of 64 bits that one host can use. */
public final class ClientAddress {

    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /** @param address as the container writes it: a literal, never a name */
    public static String networkOf(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        InetAddress parsed = parse(address);
        if (parsed == null) {
            return address;
        }
        byte[] bytes = parsed.getAddress();
        return bytes.length <= 4
                ? parsed.getHostAddress()
                : HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES));
    }

    /** Never asks a name server: what is no literal is no address. @return null for that */
    public static InetAddress parse(String text) {
        try {
            boolean literal = text.indexOf(':') >= 0 || text.matches("[0-9.]+");
            return literal ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
