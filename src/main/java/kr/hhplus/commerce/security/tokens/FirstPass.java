package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Applies a filter to the first dispatch of a request only, not to asynchronous dispatches. */
final class FirstPass extends HttpFilter {

    private final Filter check;

    FirstPass(Filter check) {
        this.check = check;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            check.doFilter(request, response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }
}
