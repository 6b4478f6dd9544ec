package kr.hhplus.commerce.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Groups addresses by client: an IPv4 address, or the IPv6 network of 64 bits that one host can use. */
public final class ClientAddress {

    private static final int NETWORK_BYTES = 8;

    private ClientAddress() {}

    /**
     * Returns the client that an address belongs to.
     *
     * @param address a literal as the container writes it, never a host name
     */
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

    /**
     * Parses an address literal without a name server.
     *
     * @return null if the text is not a literal
     */
    public static @Nullable InetAddress parse(String text) {
        try {
            boolean literal = text.indexOf(':') >= 0 || text.matches("[0-9.]+");
            return literal ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
