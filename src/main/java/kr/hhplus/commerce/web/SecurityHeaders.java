package kr.hhplus.commerce.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What every answer tells a browser: not to guess types, not to frame, not to send addresses on, and to run nothing but
 * this server's own scripts on its own pages. Constant texts; a handler may set its own.
 */
public final class SecurityHeaders {

    /** An answer of the API is no page: whatever is opened as one may load nothing at all. */
    static final String POLICY_OF_DATA = "default-src 'none'; frame-ancestors 'none'";

    /** Swagger UI sets styles in its elements, and has pictures in its style sheet. */
    static final String POLICY_OF_PAGES = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'";

    private static final String PAGES = "/swagger-ui";
    private static final String HTTPS_FOR_A_YEAR = "max-age=31536000";

    private SecurityHeaders() {}

    /** Before anything else is written. */
    public static void putOn(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        String path = request.getRequestURI();
        boolean page = path != null && path.startsWith(PAGES);
        response.setHeader("Content-Security-Policy", page ? POLICY_OF_PAGES : POLICY_OF_DATA);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", HTTPS_FOR_A_YEAR);
        }
    }
}
