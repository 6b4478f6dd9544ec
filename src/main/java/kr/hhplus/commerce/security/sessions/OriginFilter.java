package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.problem.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.csrf.CsrfFilter;

/**
 * Refuses changes that a page of another origin asks for, in addition to the CSRF token. {@code Sec-Fetch-Site} is
 * independent of proxies that change the host; browsers without it send {@code Origin}.
 */
final class OriginFilter extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request) && isForeign(request)) {
            Problems.write(request, response, Refusal.of(ErrorCode.FORBIDDEN));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !origin.replaceFirst("^https?://", "").equals(request.getHeader(HttpHeaders.HOST));
    }
}
