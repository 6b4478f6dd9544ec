package kr.hhplus.commerce.security.ratelimit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.web.ClientAddress;
import kr.hhplus.commerce.web.server.EarlyRefusals;

/** Refuses what one address sends too much of, before a body is read or a token looked at. */
final class AddressLimitFilter extends HttpFilter {

    private final RateLimiter buckets;
    private final Addresses addresses;
    private final RateLimitProperties.PerAddress rates;
    private final EarlyRefusals refusals;

    AddressLimitFilter(
            RateLimiter buckets, Addresses addresses, RateLimitProperties.PerAddress rates, EarlyRefusals refusals) {
        this.buckets = buckets;
        this.addresses = addresses;
        this.rates = rates;
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RateLimitGroup group = RateLimitGroup.of(request.getMethod(), request.getServletPath());
        String address = request.getRemoteAddr();
        if (group == RateLimitGroup.NONE || addresses.isUnlimited(address)) {
            chain.doFilter(request, response);
            return;
        }
        String key = ClientAddress.networkOf(address);
        RateLimitDecision taken = buckets.take("address:" + key, rates.any());
        if (taken.allowed() && group == RateLimitGroup.SIGN_IN) {
            taken = buckets.take("sign-in:" + key, rates.signIn());
        }
        if (taken.allowed()) {
            chain.doFilter(request, response);
        } else {
            taken.tell(response);
            refusals.refuse(request, response, taken.refusal());
        }
    }
}
