package kr.hhplus.commerce.shared.browser;

import java.util.List;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.Refusal;
import kr.hhplus.commerce.shared.problem.RefusedException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets pages of the origins that are configured call the API; where none is, there is no filter. */
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
    FilterRegistrationBean<CorsFilter> corsFilter(CorsSettings settings) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(settings.allowedOrigins());
        allowed.setAllowedMethods(METHODS);
        allowed.setAllowedHeaders(SENT);
        allowed.setExposedHeaders(READ);
        allowed.setMaxAge(settings.maxAge());
        UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
        everywhere.registerCorsConfiguration("/**", allowed);
        CorsFilter filter = new CorsFilter(everywhere);
        filter.setCorsProcessor(new Processor());
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 4);
        registration.setEnabled(!settings.allowedOrigins().isEmpty());
        return registration;
    }

    private static final class Processor extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            throw new RefusedException(Refusal.of(ErrorCode.FORBIDDEN));
        }
    }
}
