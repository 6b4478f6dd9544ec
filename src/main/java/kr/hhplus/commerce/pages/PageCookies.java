package kr.hhplus.commerce.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/** Creates the cookies of pages: HttpOnly, SameSite=Lax, valid for 30 days. */
public final class PageCookies {

    private static final Duration MAX_AGE = Duration.ofDays(30);

    private PageCookies() {}

    public static Cookie of(HttpServletRequest request, String name, String value) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        cookie.setMaxAge((int) MAX_AGE.toSeconds());
        return cookie;
    }
}
