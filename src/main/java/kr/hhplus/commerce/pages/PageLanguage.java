package kr.hhplus.commerce.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.problem.Languages;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/** The language of pages: from the {@code lang} parameter, else from the cookie, else from {@code Accept-Language}. */
final class PageLanguage {

    static final String PARAMETER = "lang";

    private PageLanguage() {}

    /** Sets the language of the response. A language from the parameter is stored in the cookie. */
    static Locale choose(HttpServletRequest request, HttpServletResponse response) {
        Locale requested = parse(requested(request));
        if (requested != null) {
            response.addCookie(PageCookies.of(request, PARAMETER, requested.getLanguage()));
        }
        Locale language = requested == null ? stored(request) : requested;
        Languages.choose(request, language);
        return language;
    }

    /** An unreadable form has no language; its handler reports the error. */
    private static @Nullable String requested(HttpServletRequest request) {
        try {
            return request.getParameter(PARAMETER);
        } catch (RefusedException unreadable) {
            return null;
        }
    }

    private static Locale stored(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, PARAMETER);
        Locale language = cookie == null ? null : parse(cookie.getValue());
        return language == null ? Languages.forPages(request) : language;
    }

    private static @Nullable Locale parse(@Nullable String name) {
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
