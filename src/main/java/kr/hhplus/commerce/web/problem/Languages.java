package kr.hhplus.commerce.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/**
 * Resolves the language of a response: Korean or English, as chosen for the request, otherwise by
 * {@code Accept-Language}. English if neither is accepted.
 */
public final class Languages {

    private static final String CHOSEN = Languages.class.getName();
    private static final AcceptHeaderLocaleResolver RESOLVER = supporting(new ChosenOrAccepted(), Locale.ENGLISH);
    private static final AcceptHeaderLocaleResolver OF_PAGES =
            supporting(new AcceptHeaderLocaleResolver(), Locale.KOREAN);

    private Languages() {}

    public static Locale of(HttpServletRequest request) {
        return RESOLVER.resolveLocale(request);
    }

    /** Sets the language for the rest of the request. */
    public static void choose(HttpServletRequest request, Locale language) {
        request.setAttribute(CHOSEN, language);
    }

    /** Returns the language of a page: Korean if neither language is accepted. */
    public static Locale forPages(HttpServletRequest request) {
        return OF_PAGES.resolveLocale(request);
    }

    /** Returns the resolver of these languages, for Spring MVC. */
    public static LocaleResolver localeResolver() {
        return RESOLVER;
    }

    private static AcceptHeaderLocaleResolver supporting(AcceptHeaderLocaleResolver resolver, Locale otherwise) {
        resolver.setSupportedLocales(List.of(Locale.ENGLISH, Locale.KOREAN));
        resolver.setDefaultLocale(otherwise);
        return resolver;
    }

    private static final class ChosenOrAccepted extends AcceptHeaderLocaleResolver {

        @Override
        public Locale resolveLocale(HttpServletRequest request) {
            return request.getAttribute(CHOSEN) instanceof Locale chosen ? chosen : super.resolveLocale(request);
        }
    }
}
