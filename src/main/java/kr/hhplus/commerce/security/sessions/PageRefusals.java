package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Redirects anonymous users to sign-in and shows a 403 page to authenticated users without the required role. */
final class PageRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    static final String PAGE = "/sign-in/refused";
    private static final String REFUSAL = PageRefusals.class.getName();

    private final boolean canSignIn;

    PageRefusals(boolean canSignIn) {
        this.canSignIn = canSignIn;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (canSignIn) {
            sendToSignIn(request, response);
        } else {
            show(ErrorCode.UNAUTHENTICATED, request, response);
        }
    }

    /** Also for a form without a valid CSRF token: from another site, or older than the last sign-in or sign-out. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        show(ErrorCode.FORBIDDEN, request, response);
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

    private static void show(ErrorCode code, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        put(request, Refusal.of(code));
        request.getRequestDispatcher(PAGE).forward(request, response);
    }

    /** Sets the refusal to show on the page that the request is forwarded to. */
    static void put(HttpServletRequest request, Refusal refusal) {
        request.setAttribute(REFUSAL, refusal);
    }

    /** The refusal to show; NOT_FOUND if the page was requested directly. */
    static Refusal of(HttpServletRequest request) {
        return request.getAttribute(REFUSAL) instanceof Refusal refusal ? refusal : Refusal.of(ErrorCode.NOT_FOUND);
    }
}
