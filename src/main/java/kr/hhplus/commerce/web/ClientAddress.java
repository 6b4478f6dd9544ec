package kr.hhplus.commerce.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Groups addresses by client: an IPv4 address, or the IPv6 network of 64 bits that one host can use. */
public final class ClientAddress {

    private static final int NETWORK_BYTES = 8;
    private static final int WIDE_NETWORK_BYTES = 6;

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
     * Returns the IPv6 network of 48 bits of an address, which one subscriber of some providers can use.
     *
     * @param address a literal as the container writes it, never a host name
     * @return null for an IPv4 address
     */
    public static @Nullable String wideNetworkOf(String address) {
        InetAddress parsed = address.indexOf(':') < 0 ? null : parse(address);
        return parsed == null || parsed.getAddress().length <= 4
                ? null
                : HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), WIDE_NETWORK_BYTES)) + "/48";
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
