package kr.hhplus.commerce.security.ratelimit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.web.ClientAddress;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.server.RequestRejecter;

/** Limits requests by client address, before the body is read and the token is checked. */
final class AddressLimitFilter extends HttpFilter {

    private final RateLimitGroupResolver groups;
    private final RateLimiter limiter;
    private final ExemptAddresses addresses;
    private final RateLimitProperties.PerAddress rates;
    private final RequestRejecter refusals;

    AddressLimitFilter(
            RateLimitGroupResolver groups,
            RateLimiter limiter,
            ExemptAddresses addresses,
            RateLimitProperties.PerAddress rates,
            RequestRejecter refusals) {
        this.groups = groups;
        this.limiter = limiter;
        this.addresses = addresses;
        this.rates = rates;
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RateLimitGroup group = groups.of(request);
        String address = request.getRemoteAddr();
        if (group == RateLimitGroup.NONE || addresses.isExempt(address)) {
            chain.doFilter(request, response);
            return;
        }
        String key = ClientAddress.networkOf(address);
        RateLimitDecision decision = limiter.take("address:" + key, rates.any());
        if (decision.allowed() && group == RateLimitGroup.SIGN_IN) {
            decision = limiter.take("sign-in:" + key, rates.signIn());
        } else if (decision.allowed() && group == RateLimitGroup.WEBHOOK) {
            decision = limiter.take("webhook:" + key, rates.webhook());
        }
        if (decision.allowed()) {
            chain.doFilter(request, response);
        } else {
            decision.writeHeaders(response);
            refusals.reject(request, response, decision.refusal());
        }
    }
}
