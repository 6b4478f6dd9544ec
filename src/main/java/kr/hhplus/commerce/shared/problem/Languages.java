package kr.hhplus.commerce.shared.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** The languages that answers speak: Korean or English, by {@code Accept-Language}; English where neither is wanted. */
public final class Languages {

    private static final AcceptHeaderLocaleResolver RESOLVER = resolver();

    private Languages() {}

    public static Locale of(HttpServletRequest request) {
        return RESOLVER.resolveLocale(request);
    }

    /** The same choice, for Spring MVC. */
    public static LocaleResolver localeResolver() {
        return RESOLVER;
    }

    private static AcceptHeaderLocaleResolver resolver() {
        AcceptHeaderLocaleResolver resolver = new AcceptHeaderLocaleResolver();
        resolver.setSupportedLocales(List.of(Locale.ENGLISH, Locale.KOREAN));
        resolver.setDefaultLocale(Locale.ENGLISH);
        return resolver;
    }
}
