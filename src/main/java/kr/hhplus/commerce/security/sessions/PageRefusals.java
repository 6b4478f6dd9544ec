package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.security.tokens.Gate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Redirects anonymous users to sign-in and shows a 403 page to authenticated users without the required role. */
final class PageRefusals implements Gate.Denial {

    static final String PAGE = "/sign-in/refused";
    private static final String REFUSAL = PageRefusals.class.getName();

    private final boolean canSignIn;

    PageRefusals(boolean canSignIn) {
        this.canSignIn = canSignIn;
    }

    @Override
    public void answer(HttpServletRequest request, HttpServletResponse response, Caller caller)
            throws IOException, ServletException {
        if (caller.authenticated()) {
            show(ErrorCode.FORBIDDEN, request, response);
        } else if (canSignIn) {
            sendToSignIn(request, response);
        } else {
            show(ErrorCode.UNAUTHENTICATED, request, response);
        }
    }

    /** A form without a valid CSRF token: from another site, or older than the last sign-in or sign-out. */
    static void forged(HttpServletRequest request, HttpServletResponse response, Exception denied)
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
        request.setAttribute(REFUSAL, Refusal.of(code));
        request.getRequestDispatcher(PAGE).forward(request, response);
    }

    /** The refusal to show; NOT_FOUND if the page was requested directly. */
    static Refusal of(HttpServletRequest request) {
        return request.getAttribute(REFUSAL) instanceof Refusal refusal ? refusal : Refusal.of(ErrorCode.NOT_FOUND);
    }
}
