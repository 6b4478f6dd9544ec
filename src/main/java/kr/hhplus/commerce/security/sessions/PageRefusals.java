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

/** How people hear that a page is not theirs: nobody is sent to sign in, and comes back; somebody sees a page. */
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
        if (caller.known()) {
            show(ErrorCode.FORBIDDEN, request, response);
        } else if (canSignIn) {
            sendToSignIn(request, response);
        } else {
            show(ErrorCode.UNAUTHENTICATED, request, response);
        }
    }

    /** A form without the secret: of elsewhere, or older than the last signing in or out. */
    static void forged(HttpServletRequest request, HttpServletResponse response, Exception denied)
            throws IOException, ServletException {
        show(ErrorCode.FORBIDDEN, request, response);
    }

    private static void sendToSignIn(HttpServletRequest request, HttpServletResponse response) {
        boolean looks = request.getMethod().equals("GET");
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        String next =
                looks ? "?next=" + URLEncoder.encode(request.getRequestURI() + query, StandardCharsets.UTF_8) : "";
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.getHeader("HX-Request") == null) {
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, "/sign-in" + next);
        } else {
            // A script would follow and put the page for signing in into the middle of this one.
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            response.setHeader("HX-Redirect", "/sign-in" + next);
        }
    }

    private static void show(ErrorCode code, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        request.setAttribute(REFUSAL, Refusal.of(code));
        request.getRequestDispatcher(PAGE).forward(request, response);
    }

    /** What the page has to tell; NOT_FOUND for who came to it by its address. */
    static Refusal of(HttpServletRequest request) {
        return request.getAttribute(REFUSAL) instanceof Refusal refusal ? refusal : Refusal.of(ErrorCode.NOT_FOUND);
    }
}
