package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import kr.hhplus.commerce.pages.SignInLinks;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import kr.hhplus.commerce.security.accounts.Accounts;
import kr.hhplus.commerce.security.tokens.CallerFilter;
import kr.hhplus.commerce.security.tokens.EndpointAuthorization;
import kr.hhplus.commerce.security.tokens.ProblemResponses;
import kr.hhplus.commerce.security.tokens.Revocations;
import kr.hhplus.commerce.security.tokens.SecurityChainsConfiguration;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.PathContainer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.WebUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The filter chains of requests without a token: pages, and API calls with the session of a page. Both require a CSRF
 * token for changes.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnCredentials
class SessionChainsConfiguration {

    static final String CSRF_HEADER = "X-CSRF-Token";

    private static final PathPattern[] PAGES = Stream.of(
                    "/",
                    "/shop/**",
                    "/console/**",
                    "/sign-in",
                    "/sign-up",
                    "/sign-out",
                    "/account",
                    "/account/password",
                    "/account/token/**",
                    "/account/sign-out-everywhere")
            .map(PathPatternParser.defaultInstance::parse)
            .toArray(PathPattern[]::new);

    private static boolean isPage(HttpServletRequest request) {
        PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
        for (PathPattern page : PAGES) {
            if (page.matches(path)) {
                return true;
            }
        }
        return false;
    }

    /** The caller is known before the first filter that may refuse, so that the page of the refusal shows it. */
    private static HttpSecurity withRules(HttpSecurity http, EndpointAuthorization rules) throws Exception {
        return SecurityChainsConfiguration.withoutDefaults(http)
                .authorizeHttpRequests(requests -> requests.anyRequest().access(rules))
                .addFilterBefore(new CallerFilter(), CsrfFilter.class);
    }

    /** Without accounts of the shop, users cannot sign in, and the pages show the public catalogue. */
    @Bean
    @Order(1)
    SecurityFilterChain pageChain(
            HttpSecurity http, EndpointAuthorization rules, ObjectProvider<WithAccounts> withAccounts)
            throws Exception {
        WithAccounts sessions = withAccounts.getIfAvailable();
        PageRefusals refusals = new PageRefusals(sessions != null);
        withRules(http, rules)
                .securityMatcher(SessionChainsConfiguration::isPage)
                .addFilterBefore(refusals, DisableEncodeUrlFilter.class)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals));
        if (sessions == null) {
            http.csrf(AbstractHttpConfigurer::disable)
                    .sessionManagement(none -> none.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
        } else {
            sessions.configure(http, CsrfFilter.DEFAULT_CSRF_MATCHER);
            sessions.signIn.configure(http);
        }
        return http.build();
    }

    /** Spring Session in the tables of the installation, and what needs it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAccounts
    @EnableJdbcHttpSession(cleanupCron = "-")
    static class WithAccounts implements PageSessions {

        private final SessionRepositoryFilter<?> sessionFilter;
        private final SessionCookies cookies;
        private final CsrfTokenRepository csrfTokens;
        private final Revocations revocations;
        private final PageSignIn signIn;

        WithAccounts(
                SessionRepositoryFilter<?> sessionFilter,
                SessionCookies cookies,
                CsrfTokenRepository csrfTokens,
                Revocations revocations,
                PageSignIn signIn) {
            this.sessionFilter = sessionFilter;
            this.cookies = cookies;
            this.csrfTokens = csrfTokens;
            this.revocations = revocations;
            this.signIn = signIn;
        }

        /** API calls with the session of a page and without a token. */
        @Bean
        @Order(2)
        SecurityFilterChain sessionApiChain(HttpSecurity http, EndpointAuthorization rules) throws Exception {
            ProblemResponses problems = new ProblemResponses();
            configure(http, WithAccounts::requiresCsrfToken);
            return withRules(http, rules)
                    .securityMatcher(request -> request.getHeader(HttpHeaders.AUTHORIZATION) == null
                            && cookies.hasSession(request)
                            && rules.of(request) != AccessRule.PUBLIC)
                    .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                    .exceptionHandling(refused ->
                            refused.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                    .build();
        }

        /** Anonymous requests need no CSRF token, because they are refused anyway. */
        private static boolean requiresCsrfToken(HttpServletRequest request) {
            return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
                    && SecurityContextHolder.getContext().getAuthentication() != null;
        }

        private void configure(HttpSecurity http, RequestMatcher requiresCsrfToken) throws Exception {
            XorCsrfTokenRequestAttributeHandler handler = new XorCsrfTokenRequestAttributeHandler();
            // Load the token eagerly: when a form is rendered, the response's headers may already have been sent.
            handler.setCsrfRequestAttributeName(null);
            http.csrf(csrf -> csrf.csrfTokenRepository(csrfTokens)
                            .csrfTokenRequestHandler(handler)
                            .requireCsrfProtectionMatcher(requiresCsrfToken))
                    .addFilterAfter(new OriginFilter(), DisableEncodeUrlFilter.class);
            addSession(http);
        }

        private void addSession(HttpSecurity http) {
            http.addFilterBefore(sessionFilter, DisableEncodeUrlFilter.class)
                    .addFilterAfter(new RevokedSessionFilter(revocations), SecurityContextHolderFilter.class);
        }

        @Override
        public void authenticateIn(HttpSecurity http, RequestMatcher ofBrowsers) throws Exception {
            addSession(http);
            http.exceptionHandling(
                    refused -> refused.defaultAuthenticationEntryPointFor(new PageRefusals(true), ofBrowsers));
        }
    }

    /** Beans that the chains above need. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAccounts
    static class Sessions {

        @Bean
        SessionCookies sessionCookies(PageSessionProperties properties, Environment environment) {
            return new SessionCookies(properties.secureCookie(environment));
        }

        @Bean
        CookieSerializer cookieSerializer(SessionCookies cookies) {
            return cookies.serializer();
        }

        @Bean
        CsrfTokenRepository csrfTokens(SessionCookies cookies) {
            return cookies.csrfTokens();
        }

        /** The chains contain it: other requests have no session. */
        @Bean
        FilterRegistrationBean<SessionRepositoryFilter<?>> sessionFilterOff(SessionRepositoryFilter<?> sessionFilter) {
            FilterRegistrationBean<SessionRepositoryFilter<?>> registration =
                    new FilterRegistrationBean<>(sessionFilter);
            registration.setEnabled(false);
            return registration;
        }

        @Bean
        SignInLinks signInLinks(Accounts accounts) {
            return new SignInLinks("/sign-in", accounts.signUpIsOpen() ? "/sign-up" : null, "/sign-out", "/account");
        }
    }

    /**
     * The cookies of session, CSRF token and device: HttpOnly, and SameSite=Lax against cross-site requests. Sent over
     * TLS only, they have the prefix {@code __Host-}, so that no other host of the domain can set them.
     */
    static final class SessionCookies {

        private final String prefix;
        private final Boolean secure;

        /** @param secure null to follow the scheme of the request */
        SessionCookies(Boolean secure) {
            this.secure = secure;
            this.prefix = Boolean.TRUE.equals(secure) ? "__Host-" : "";
        }

        /** Does not parse cookies if the request has none. */
        boolean hasSession(HttpServletRequest request) {
            return request.getHeader(HttpHeaders.COOKIE) != null
                    && WebUtils.getCookie(request, prefix + "session") != null;
        }

        /** Returns the cookie of a former sign-in on this device; null for none. */
        @Nullable
        String device(HttpServletRequest request) {
            Cookie cookie = WebUtils.getCookie(request, prefix + "device");
            return cookie == null ? null : cookie.getValue();
        }

        void putDevice(String value, Duration life, HttpServletRequest request, HttpServletResponse response) {
            ResponseCookie cookie = ResponseCookie.from(prefix + "device", value)
                    .httpOnly(true)
                    .sameSite("Lax")
                    .path("/")
                    .secure(secure == null ? request.isSecure() : secure)
                    .maxAge(life)
                    .build();
            response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
        }

        private CookieSerializer serializer() {
            DefaultCookieSerializer serializer = new DefaultCookieSerializer();
            serializer.setCookieName(prefix + "session");
            serializer.setCookiePath("/");
            serializer.setSameSite("Lax");
            if (secure != null) {
                serializer.setUseSecureCookie(secure);
            }
            return serializer;
        }

        private CsrfTokenRepository csrfTokens() {
            CookieCsrfTokenRepository repository = new CookieCsrfTokenRepository();
            repository.setCookieName(prefix + "csrf");
            repository.setHeaderName(CSRF_HEADER);
            repository.setCookieCustomizer(cookie -> {
                cookie.httpOnly(true).sameSite("Lax").path("/");
                if (secure != null) {
                    cookie.secure(secure);
                }
            });
            return repository;
        }
    }

    /** Ends sessions whose credentials were revoked while the session was being created. */
    private static final class RevokedSessionFilter extends HttpFilter {

        private final Revocations revocations;

        RevokedSessionFilter(Revocations revocations) {
            this.revocations = revocations;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            if (authentication != null
                    && authentication.getPrincipal() instanceof SessionUser user
                    && revocations.areRevoked(user.userId(), user.generation())) {
                request.getSession().invalidate();
                SecurityContextHolder.clearContext();
            }
            chain.doFilter(request, response);
        }
    }
}
