package kr.hhplus.commerce.security.sessions;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The sessions of the pages, for a chain of another package. */
public interface PageSessions {

    /**
     * Authenticates by the session of a page.
     *
     * @param ofBrowsers the requests whose other users are sent to the sign-in
     */
    void authenticateIn(HttpSecurity http, RequestMatcher ofBrowsers) throws Exception;
}
