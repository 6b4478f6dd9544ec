package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.pages.SignInLinks;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import kr.hhplus.commerce.security.tokens.Gate;
import kr.hhplus.commerce.security.tokens.KnownCaller;
import kr.hhplus.commerce.security.tokens.Routes;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.problem.Problems;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/**
 * The filter chains of requests without a token: pages, and API calls with a session cookie. Both require a CSRF token
 * for changes.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnCredentials
class SessionChains {

    /** Without accounts of the shop, users cannot sign in and the pages show the public catalogue. */
    @Bean
    @Order(1)
    SecurityFilterChain chainOfPages(
            Routes routes, ObjectProvider<SignInOfBrowser> browsers, ObjectProvider<CsrfTokenRepository> secrets) {
        List<Filter> filters = new ArrayList<>();
        browsers.ifAvailable(signedIn -> filters.add(new SignedIn(signedIn)));
        secrets.ifAvailable(
                known -> filters.add(FormSecret.filter(known, CsrfFilter.DEFAULT_CSRF_MATCHER, PageRefusals::forged)));
        filters.add(new Gate(routes, new PageRefusals(!filters.isEmpty())));
        return new DefaultSecurityFilterChain(Routes::isPage, filters);
    }

    /** Beans that exist only if users can sign in. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAccounts
    static class WithAccounts {

        @Bean
        SessionCookie.Jar sessionCookies(PageSessionProperties properties, Environment environment) {
            return new SessionCookie.Jar(properties.secureCookie(environment));
        }

        @Bean
        CsrfTokenRepository formSecrets(PageSessionProperties properties, Environment environment) {
            return FormSecret.cookieRepository(properties.secureCookie(environment));
        }

        @Bean
        SignInLinks signInLinks() {
            return new SignInLinks("/sign-in", "/sign-up", "/sign-out", "/account");
        }

        /** Handles API calls with a session cookie and without a token. */
        @Bean
        @Order(2)
        SecurityFilterChain chainOfTheirCalls(Routes routes, SignInOfBrowser browsers, CsrfTokenRepository secrets) {
            return new DefaultSecurityFilterChain(
                    request -> request.getHeader(HttpHeaders.AUTHORIZATION) == null
                            && SessionCookie.isOn(request)
                            && routes.of(request) != AccessRule.PUBLIC,
                    new SignedIn(browsers),
                    FormSecret.filter(
                            secrets,
                            WithAccounts::requiresCsrfToken,
                            (request, response, denied) ->
                                    Problems.write(request, response, Refusal.of(ErrorCode.FORBIDDEN))),
                    new Gate(routes));
        }

        /** Anonymous requests need no CSRF token, because the gate refuses them. */
        private static boolean requiresCsrfToken(HttpServletRequest request) {
            return KnownCaller.current().authenticated() && CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request);
        }
    }
}
