package kr.hhplus.commerce.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/** Cookies of the pages: for this server's own pages alone, out of the reach of scripts, kept for a month. */
public final class PageCookies {

    private static final Duration KEPT = Duration.ofDays(30);

    private PageCookies() {}

    public static Cookie of(HttpServletRequest request, String name, String value) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        cookie.setMaxAge((int) KEPT.toSeconds());
        return cookie;
    }
}
