package kr.hhplus.commerce.security;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import kr.hhplus.commerce.web.SecurityHeaders;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * Applies the access mode and sets the security headers on a separate management port, which has its own filters. Not
 * annotated as a configuration, because a component scan would register the filters on the main port as well.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
@Import(AccessConfiguration.class)
class ManagementPortConfiguration {

    @Bean
    FilterRegistrationBean<Filter> managementHeaders() {
        FilterRegistrationBean<Filter> headers = new FilterRegistrationBean<>((request, response, chain) -> {
            SecurityHeaders.putOn((HttpServletRequest) request, (HttpServletResponse) response);
            chain.doFilter(request, response);
        });
        headers.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return headers;
    }
}
