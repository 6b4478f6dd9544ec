package kr.hhplus.commerce.security.ratelimit;

import java.net.InetAddress;
import java.util.List;
import kr.hhplus.commerce.web.ClientAddress;
import org.apache.catalina.util.NetMask;

/** The addresses that are not limited. */
final class Addresses {

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
        InetAddress parsed = ClientAddress.parse(address);
        return parsed != null && unlimited.stream().anyMatch(range -> range.matches(parsed));
    }
}
