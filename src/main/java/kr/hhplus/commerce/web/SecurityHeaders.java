package kr.hhplus.commerce.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The security headers of every response: no content sniffing, no framing, no referrer, and a content security policy.
 * A handler may override them.
 */
public final class SecurityHeaders {

    /** For API responses: a browser that displays one loads no resources. */
    static final String POLICY_OF_DATA = "default-src 'none'; frame-ancestors 'none'";

    /** Swagger UI needs inline styles, and images in its style sheet. */
    static final String POLICY_OF_PAGES = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'";

    private static final String PAGES = "/swagger-ui";
    private static final String HSTS_ONE_YEAR = "max-age=31536000";

    private SecurityHeaders() {}

    /** Sets the headers. Must be called before the response is committed. */
    public static void putOn(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        String path = request.getRequestURI();
        boolean page = path != null && path.startsWith(PAGES);
        response.setHeader("Content-Security-Policy", page ? POLICY_OF_PAGES : POLICY_OF_DATA);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", HSTS_ONE_YEAR);
        }
    }
}
