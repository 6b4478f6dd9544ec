package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.problem.Problems;
import kr.hhplus.commerce.web.server.FilterOrder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.BeanIds;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** The filter chains of callers with tokens, and the filter that applies these and the chains of the pages. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnCredentials
@EnableWebSecurity
public class SecurityChainsConfiguration {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Actuator on the main port or on its own: everybody may read health, the rest is for administrators. */
    @Bean
    @Order(0)
    SecurityFilterChain managementChain(
            HttpSecurity http,
            EndpointAuthorization rules,
            CachingAuthenticationManager tokens,
            Environment environment)
            throws Exception {
        boolean ownPort = ManagementPortType.get(environment) == ManagementPortType.DIFFERENT;
        RequestMatcher actuator = EndpointRequest.toAnyEndpoint();
        RequestMatcher health = EndpointRequest.to("health");
        return withTokens(http, tokens, new DefaultBearerTokenResolver())
                .securityMatcher(request -> ownPort && isOnManagementPort(request)
                        || !rules.hasHandler(request) && actuator.matches(request))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                request -> READING.contains(request.getMethod()) && health.matches(request))
                        .permitAll()
                        .anyRequest()
                        .hasRole("ADMIN"))
                .build();
    }

    private static boolean isOnManagementPort(HttpServletRequest request) {
        return WebServerApplicationContext.hasServerNamespace(
                WebApplicationContextUtils.getWebApplicationContext(request.getServletContext()), "management");
    }

    /** All other requests. Public operations ignore tokens, so that a client with an expired one can get another. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain apiChain(HttpSecurity http, EndpointAuthorization rules, CachingAuthenticationManager tokens)
            throws Exception {
        DefaultBearerTokenResolver resolver = new DefaultBearerTokenResolver();
        return withTokens(
                        http,
                        tokens,
                        request -> rules.of(request) == AccessRule.PUBLIC ? null : resolver.resolve(request))
                .authorizeHttpRequests(requests -> requests.anyRequest().access(rules))
                .addFilterAfter(new CallerFilter(), AuthorizationFilter.class)
                .build();
    }

    private static HttpSecurity withTokens(
            HttpSecurity http, CachingAuthenticationManager tokens, BearerTokenResolver resolver) throws Exception {
        ProblemResponses problems = new ProblemResponses();
        return withoutDefaults(http)
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .oauth2ResourceServer(server -> server.bearerTokenResolver(resolver)
                        .authenticationManagerResolver((HttpServletRequest request) -> tokens)
                        .authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems));
    }

    /**
     * Removes what would cost each request without use: {@code web.SecurityHeaders} sets the headers, also of responses
     * that end before this chain, and no request is saved for after the sign-in.
     */
    public static HttpSecurity withoutDefaults(HttpSecurity http) throws Exception {
        return http.headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable);
    }

    /**
     * Runs after the body has been received, like the filter of local mode and for the same reason. Spring Security's
     * own filter looks up the handler of each request a second time for path matchers that these chains do not use;
     * once it no longer does, this filter and {@link #defaultFilterOff} can go.
     *
     * <p>A request whose result was pending is not decided a second time when it is dispatched again. A request whose
     * body arrived late is dispatched too, but reports itself as the first dispatch, and is decided.
     */
    @Bean
    FilterRegistrationBean<Filter> securityFilter(
            List<SecurityFilterChain> chains, HttpFirewall firewall, RequestRejectedHandler rejected) {
        FilterChainProxy proxy = new FilterChainProxy(chains);
        proxy.setFirewall(firewall);
        proxy.setRequestRejectedHandler(rejected);
        Filter filter = (request, response, next) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                proxy.doFilter(request, response, next);
            } else {
                next.doFilter(request, response);
            }
        };
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setName("securityFilter");
        registration.setOrder(FilterOrder.AUTHENTICATION);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return registration;
    }

    /** Otherwise Spring Boot would register this filter as well. A separate management port uses it. */
    @Bean
    FilterRegistrationBean<Filter> defaultFilterOff(
            @Qualifier(BeanIds.SPRING_SECURITY_FILTER_CHAIN) Filter defaultFilter) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(defaultFilter);
        registration.setEnabled(false);
        return registration;
    }

    /** Refuses suspicious URLs as 404; headers, parameters and methods are validated where they are read. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames(name -> true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        firewall.setAllowedParameterValues(value -> true);
        return firewall;
    }

    @Bean
    RequestRejectedHandler requestRejectedHandler() {
        return (request, response, rejected) -> Problems.write(request, response, Refusal.of(ErrorCode.NOT_FOUND));
    }

    /** Observing every filter of a chain would cost more than the filters. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }
}
