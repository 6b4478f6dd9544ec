package kr.hhplus.commerce.security.ratelimit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.problem.Problems;
import kr.hhplus.commerce.web.request.RequestCaller;

/** Limits requests by caller, after authentication. Anonymous callers are limited by address only. */
final class UserLimitFilter extends HttpFilter {

    private final RateLimitGroupResolver groups;
    private final RateLimiter limiter;
    private final RateLimitProperties.PerUser rates;

    UserLimitFilter(RateLimitGroupResolver groups, RateLimiter limiter, RateLimitProperties.PerUser rates) {
        this.groups = groups;
        this.limiter = limiter;
        this.rates = rates;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RateLimitGroup group = groups.of(request);
        Caller caller = RequestCaller.of(request);
        boolean redispatched = request.getDispatcherType() != DispatcherType.REQUEST;
        if (redispatched || group == RateLimitGroup.NONE || !caller.authenticated()) {
            chain.doFilter(request, response);
            return;
        }
        RateLimitDecision decision = caller.isService()
                ? limiter.take(caller.name(), rates.service())
                : limiter.take(group + ":" + caller.userId(), rates.of(group));
        decision.writeHeaders(response);
        if (decision.allowed()) {
            chain.doFilter(request, response);
        } else {
            Problems.write(request, response, decision.refusal());
        }
    }
}
