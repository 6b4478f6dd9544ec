package kr.hhplus.commerce.identity.tokens;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.Problems;
import kr.hhplus.commerce.shared.problem.Refusal;
import org.springframework.security.core.context.SecurityContextHolder;

/** Lets a request on where its caller is what its route wants, and names that caller to everything behind. */
final class Gate extends HttpFilter {

    private final Routes routes;

    Gate(Routes routes) {
        this.routes = routes;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Caller caller = SecurityContextHolder.getContext().getAuthentication() instanceof KnownCaller known
                ? known.caller()
                : Caller.NOBODY;
        if (routes.of(request).isMetBy(caller)) {
            caller.putOn(request);
            chain.doFilter(request, response);
        } else if (caller.known()) {
            Problems.write(request, response, Refusal.of(ErrorCode.FORBIDDEN));
        } else {
            Challenge.write(request, response, "Bearer");
        }
    }
}
