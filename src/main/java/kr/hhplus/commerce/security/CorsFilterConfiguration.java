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
import kr.hhplus.commerce.web.server.FilterOrder;
import kr.hhplus.commerce.web.server.RequestRejecter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Allows the configured origins to call the API from browsers; without any, every preflight is refused. */
@Configuration(proxyBeanMethods = false)
class CorsFilterConfiguration {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> REQUEST_HEADERS =
            List.of("Authorization", "Content-Type", "Idempotency-Key", "Accept", "Accept-Language", "X-Request-Id");
    private static final List<String> RESPONSE_HEADERS = List.of(
            "Location",
            "Retry-After",
            "Idempotent-Replayed",
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset",
            "X-Request-Id");

    /** Runs before the rate limits, so that a page can read a 429. Without cookies: callers send tokens. */
    @Bean
    FilterRegistrationBean<Filter> corsFilter(CorsProperties properties, RequestRejecter refusals) {
        boolean noOrigins = properties.allowedOrigins().isEmpty();
        FilterRegistrationBean<Filter> registration =
                new FilterRegistrationBean<>(noOrigins ? new NoPreflights(refusals) : filter(properties, refusals));
        registration.setOrder(FilterOrder.CORS);
        return registration;
    }

    private static CorsFilter filter(CorsProperties properties, RequestRejecter refusals) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(properties.allowedOrigins());
        allowed.setAllowedMethods(METHODS);
        allowed.setAllowedHeaders(REQUEST_HEADERS);
        allowed.setExposedHeaders(RESPONSE_HEADERS);
        allowed.setMaxAge(properties.maxAge());
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", allowed);
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new Processor(refusals));
        return filter;
    }

    /** Refuses every preflight as a problem document; Spring MVC would refuse it as plain text. */
    private static final class NoPreflights extends HttpFilter {

        private final RequestRejecter refusals;

        NoPreflights(RequestRejecter refusals) {
            this.refusals = refusals;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (CorsUtils.isPreFlightRequest(request)) {
                refusals.reject(request, response, Refusal.of(ErrorCode.FORBIDDEN));
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    /** Refuses requests before their body has been read, without a thread that waits for the rest of it. */
    private static final class Processor extends DefaultCorsProcessor {

        private final RequestRejecter refusals;

        Processor(RequestRejecter refusals) {
            this.refusals = refusals;
        }

        @Override
        public boolean processRequest(
                CorsConfiguration allowed, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            boolean allowedRequest = !isPreflightWithBody(request) && super.processRequest(allowed, request, response);
            if (!allowedRequest) {
                refusals.reject(request, response, Refusal.of(ErrorCode.FORBIDDEN));
            }
            return allowedRequest;
        }

        /** No browser sends a preflight with a body. */
        private static boolean isPreflightWithBody(HttpServletRequest request) {
            return CorsUtils.isPreFlightRequest(request) && RequestRejecter.hasBody(request);
        }

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            // processRequest refuses it as a problem document.
        }
    }
}
