package kr.hhplus.commerce.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.problem.Problems;

/**
 * Rejects requests with a foreign Host or Origin: protects a local server from cross-origin pages and DNS rebinding.
 */
final class LocalModeFilter extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean local = LoopbackNames.isLocalHost(request.getHeader("Host"))
                && Collections.list(request.getHeaders("Origin")).stream().allMatch(LoopbackNames::isLocalOrigin);
        if (local) {
            chain.doFilter(request, response);
        } else {
            Problems.write(request, response, Refusal.of(ErrorCode.FORBIDDEN));
        }
    }
}
