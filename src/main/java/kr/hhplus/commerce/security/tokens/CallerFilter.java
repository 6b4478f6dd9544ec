package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.web.request.RequestCaller;
import org.springframework.security.core.context.SecurityContextHolder;

/** Passes the authenticated caller on to the handlers. Runs after the filters that authenticate. */
public final class CallerFilter extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestCaller.set(
                request,
                CallerAuthentication.callerOf(SecurityContextHolder.getContext().getAuthentication()));
        chain.doFilter(request, response);
    }
}
