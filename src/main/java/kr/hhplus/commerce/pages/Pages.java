package kr.hhplus.commerce.pages;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import kr.hhplus.commerce.sale.SalePaused;
import kr.hhplus.commerce.sale.SaleSwitch;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Prepares the response of a page: language, security headers and {@link PageView}. */
@Component
class Pages {

    static final String ATTRIBUTE = "page";

    /** Allows scripts, styles and connections of this server only, and no inline code. */
    static final String POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    private final PageProperties properties;
    private final SaleSwitch sale;
    private final ObjectProvider<SignInLinks> links;

    Pages(PageProperties properties, SaleSwitch sale, ObjectProvider<SignInLinks> links) {
        this.properties = properties;
        this.sale = sale;
        this.links = links;
    }

    void prepare(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(ATTRIBUTE) != null) {
            return;
        }
        Locale language = PageLanguage.choose(request, response);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.getLanguage());
        request.setAttribute(
                ATTRIBUTE,
                new PageView(
                        Visitor.of(request),
                        language,
                        address(request),
                        properties.timeZone(),
                        links.stream().findFirst(),
                        () -> sale.refusalWhilePaused().map(SalePaused.class::cast),
                        () -> request.getParameter("key")));
    }

    private static String address(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
        return UriComponentsBuilder.fromPath(original instanceof String uri ? uri : request.getRequestURI())
                .query(request.getQueryString())
                .replaceQueryParam(PageLanguage.PARAMETER)
                .build()
                .toUriString();
    }
}
