package kr.hhplus.commerce.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.server.EarlyRefusals;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets pages of the origins that are configured call the API; where none is, every preflight is refused. */
@Configuration(proxyBeanMethods = false)
class CorsFilterConfiguration {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> SENT =
            List.of("Authorization", "Content-Type", "Idempotency-Key", "Accept", "Accept-Language", "X-Request-Id");
    private static final List<String> READ = List.of(
            "Location",
            "Retry-After",
            "Idempotent-Replayed",
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset",
            "X-Request-Id");

    /** Before the limits, so that a page can read why it was refused. No cookies: callers show tokens. */
    @Bean
    FilterRegistrationBean<Filter> corsFilter(CorsProperties properties, EarlyRefusals refusals) {
        boolean none = properties.allowedOrigins().isEmpty();
        FilterRegistrationBean<Filter> registration =
                new FilterRegistrationBean<>(none ? new NoPreflights(refusals) : filter(properties, refusals));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 4);
        return registration;
    }

    private static CorsFilter filter(CorsProperties properties, EarlyRefusals refusals) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(properties.allowedOrigins());
        allowed.setAllowedMethods(METHODS);
        allowed.setAllowedHeaders(SENT);
        allowed.setExposedHeaders(READ);
        allowed.setMaxAge(properties.maxAge());
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", allowed);
        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new Processor(refusals));
        return filter;
    }

    /** Spring MVC would refuse a preflight too, but as plain text. */
    private static final class NoPreflights extends HttpFilter {

        private final EarlyRefusals refusals;

        NoPreflights(EarlyRefusals refusals) {
            this.refusals = refusals;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (CorsUtils.isPreFlightRequest(request)) {
                refusals.refuse(request, response, Refusal.of(ErrorCode.FORBIDDEN));
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    /** What it does not let pass ends here, before the body has been read, and no thread may wait for the rest. */
    private static final class Processor extends DefaultCorsProcessor {

        private final EarlyRefusals refusals;

        Processor(EarlyRefusals refusals) {
            this.refusals = refusals;
        }

        @Override
        public boolean processRequest(
                CorsConfiguration allowed, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            boolean passes = !isPreflightWithBody(request) && super.processRequest(allowed, request, response);
            if (!passes) {
                refusals.refuse(request, response, Refusal.of(ErrorCode.FORBIDDEN));
            }
            return passes;
        }

        /** No browser sends one. */
        private static boolean isPreflightWithBody(HttpServletRequest request) {
            return CorsUtils.isPreFlightRequest(request) && EarlyRefusals.hasBody(request);
        }

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            // Refused above, as a problem.
        }
    }
}
