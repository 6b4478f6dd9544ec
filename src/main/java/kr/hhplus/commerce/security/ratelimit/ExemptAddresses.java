package kr.hhplus.commerce.security.ratelimit;

import java.net.InetAddress;
import java.util.List;
import kr.hhplus.commerce.web.ClientAddress;
import org.apache.catalina.util.NetMask;

/** The addresses that are exempt from limits by address. */
final class ExemptAddresses {

    private final List<NetMask> exempt;

    /** @param exempt as {@code 192.0.2.0/24} or {@code 2001:db8::/32} */
    ExemptAddresses(List<String> exempt) {
        this.exempt = exempt.stream().map(NetMask::new).toList();
    }

    /** @param address an IP literal, as the container reports it */
    boolean isExempt(String address) {
        if (exempt.isEmpty()) {
            return false;
        }
        InetAddress parsed = ClientAddress.parse(address);
        return parsed != null && exempt.stream().anyMatch(range -> range.matches(parsed));
    }
}
