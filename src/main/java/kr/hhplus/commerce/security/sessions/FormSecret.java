package kr.hhplus.commerce.security.sessions;

import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Spring Security's CSRF protection: a token in a cookie and, masked anew each time, in every form. */
final class FormSecret {

    static final String COOKIE = "csrf";
    static final String HEADER = "X-CSRF-Token";

    private FormSecret() {}

    /** @param secure null to follow the scheme of the request */
    static CsrfTokenRepository cookieRepository(Boolean secure) {
        CookieCsrfTokenRepository repository = new CookieCsrfTokenRepository();
        repository.setCookieName(COOKIE);
        repository.setHeaderName(HEADER);
        repository.setCookieCustomizer(cookie -> {
            cookie.httpOnly(true).sameSite("Lax").path("/");
            if (secure != null) {
                cookie.secure(secure);
            }
        });
        return repository;
    }

    static CsrfFilter filter(CsrfTokenRepository secrets, RequestMatcher wanted, AccessDeniedHandler denied) {
        XorCsrfTokenRequestAttributeHandler handler = new XorCsrfTokenRequestAttributeHandler();
        // Load the token eagerly: when a form is rendered, the response's headers may already have been sent.
        handler.setCsrfRequestAttributeName(null);
        CsrfFilter filter = new CsrfFilter(secrets);
        filter.setRequestHandler(handler);
        filter.setRequireCsrfProtectionMatcher(wanted);
        filter.setAccessDeniedHandler(denied);
        return filter;
    }
}
