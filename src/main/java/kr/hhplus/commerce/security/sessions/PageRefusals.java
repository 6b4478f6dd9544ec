package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/**
 * What a filter of the page chain refuses or fails to do becomes a page: anonymous users are redirected to sign-in,
 * authenticated users without the required role see a 403 page, and a failure, such as that of the database, is an
 * error page.
 */
final class PageRefusals extends HttpFilter implements AuthenticationEntryPoint, AccessDeniedHandler {

    static final String PAGE = "/sign-in/refused";
    private static final String FAILURE = PageRefusals.class.getName();

    private final boolean canSignIn;

    PageRefusals(boolean canSignIn) {
        this.canSignIn = canSignIn;
    }

    /** The first filter of the chain. The failures of controllers do not get here. */
    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException failure) {
            if (response.isCommitted()) {
                throw failure;
            }
            show(failure, PAGE, request, response);
        }
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (canSignIn) {
            sendToSignIn(request, response);
        } else {
            show(refused(ErrorCode.UNAUTHENTICATED), PAGE, request, response);
        }
    }

    /** Also for a form without a valid CSRF token: from another site, or older than the last sign-in or sign-out. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        show(refused(ErrorCode.FORBIDDEN), PAGE, request, response);
    }

    private static void sendToSignIn(HttpServletRequest request, HttpServletResponse response) {
        boolean isGet = request.getMethod().equals("GET");
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        String next =
                isGet ? "?next=" + URLEncoder.encode(request.getRequestURI() + query, StandardCharsets.UTF_8) : "";
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getHeader("HX-Request") == null) {
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, "/sign-in" + next);
        } else {
            // htmx would follow a redirect and insert the sign-in page into the current one.
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            response.setHeader("HX-Redirect", "/sign-in" + next);
        }
    }

    private static RefusedException refused(ErrorCode code) {
        return new RefusedException(Refusal.of(code));
    }

    /** Forwards to a page, whose controller throws the failure. */
    static void show(RuntimeException failure, String page, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.setAttribute(FAILURE, failure);
        request.getRequestDispatcher(page).forward(request, response);
    }

    /** The failure to show; NOT_FOUND if the page was requested directly. */
    static RuntimeException of(HttpServletRequest request) {
        return request.getAttribute(FAILURE) instanceof RuntimeException failure
                ? failure
                : refused(ErrorCode.NOT_FOUND);
    }
}
