package kr.hhplus.commerce.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.problem.Languages;
import org.springframework.web.util.WebUtils;

/** The language of pages: from the {@code lang} parameter, else from the cookie, else from {@code Accept-Language}. */
final class PageLanguage {

    static final String PARAMETER = "lang";

    private PageLanguage() {}

    /** Sets the language of the response. A language from the parameter is stored in the cookie. */
    static Locale choose(HttpServletRequest request, HttpServletResponse response) {
        Locale asked = named(asked(request));
        if (asked != null) {
            response.addCookie(PageCookies.of(request, PARAMETER, asked.getLanguage()));
        }
        Locale language = asked == null ? remembered(request) : asked;
        Languages.choose(request, language);
        return language;
    }

    /** An unreadable form has no language; its handler reports the error. */
    private static String asked(HttpServletRequest request) {
        try {
            return request.getParameter(PARAMETER);
        } catch (RefusedException unreadable) {
            return null;
        }
    }

    private static Locale remembered(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, PARAMETER);
        Locale known = cookie == null ? null : named(cookie.getValue());
        return known == null ? Languages.ofPages(request) : known;
    }

    private static Locale named(String name) {
        if (name == null) {
            return null;
        }
        return switch (name) {
            case "ko" -> Locale.KOREAN;
            case "en" -> Locale.ENGLISH;
            default -> null;
        };
    }
}
