package kr.hhplus.commerce.limits;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.catalina.util.NetMask;

/** What counts as one address: an IPv4 address, or the network of 64 bits that one IPv6 host can wander in. */
final class Addresses {

    private static final int NETWORK_BYTES = 8;

    private final List<NetMask> unlimited;

    /** @param unlimited as {@code 192.0.2.0/24} or {@code 2001:db8::/32} */
    Addresses(List<String> unlimited) {
        this.unlimited = unlimited.stream().map(NetMask::new).toList();
    }

    /** @param address as the container writes it: a literal, never a name */
    boolean isUnlimited(String address) {
        if (unlimited.isEmpty()) {
            return false;
        }
        InetAddress parsed = parse(address);
        return parsed != null && unlimited.stream().anyMatch(range -> range.matches(parsed));
    }

    static String key(String address) {
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

    /** Never asks a name server: what is no literal is no address. */
    private static InetAddress parse(String text) {
        try {
            boolean literal = text.indexOf(':') >= 0 || text.matches("[0-9.]+");
            return literal ? InetAddress.getByName(text) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
