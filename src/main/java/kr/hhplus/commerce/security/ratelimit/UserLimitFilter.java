package kr.hhplus.commerce.security.ratelimit;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.web.problem.Problems;
import kr.hhplus.commerce.web.request.RequestCaller;

/** Refuses what one caller sends too much of, once it is known who calls; whoever shows no credentials passes. */
final class UserLimitFilter extends HttpFilter {

    private final RateLimiter buckets;
    private final RateLimitProperties.PerUser rates;

    UserLimitFilter(RateLimiter buckets, RateLimitProperties.PerUser rates) {
        this.buckets = buckets;
        this.rates = rates;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RateLimitGroup group = RateLimitGroup.of(request.getMethod(), request.getServletPath());
        Caller caller = RequestCaller.of(request);
        boolean again = request.getDispatcherType() != DispatcherType.REQUEST;
        if (again || group == RateLimitGroup.NONE || !caller.known()) {
            chain.doFilter(request, response);
            return;
        }
        RateLimitDecision taken = caller.userId() == 0
                ? buckets.take(caller.name(), rates.service())
                : buckets.take(group + ":" + caller.userId(), rates.of(group));
        taken.tell(response);
        if (taken.allowed()) {
            chain.doFilter(request, response);
        } else {
            Problems.write(request, response, taken.refusal());
        }
    }
}
