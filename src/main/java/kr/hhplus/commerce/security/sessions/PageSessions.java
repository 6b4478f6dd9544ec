package kr.hhplus.commerce.security.sessions;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** The sessions of the pages, for a chain of another package. */
public interface PageSessions {

    /** Authenticates by the session of a page, and sends other users to the sign-in. */
    void authenticateIn(HttpSecurity http) throws Exception;
}
