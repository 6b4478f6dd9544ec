package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Checks a request once, when it comes in, and not again when the answer to a command that had to wait goes out. */
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
