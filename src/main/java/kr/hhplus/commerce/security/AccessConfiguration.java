package kr.hhplus.commerce.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.request.RequestCaller;
import kr.hhplus.commerce.web.server.FilterOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Applies the configured access mode to every request. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AccessConfiguration.class);

    /**
     * The filter of local or open mode. Runs after the body has been received, because a refusal before that would hold
     * a thread until the rest arrives. A request whose body arrived late passes as an asynchronous dispatch.
     */
    @Bean
    FilterRegistrationBean<Filter> accessModeFilter(Environment settings, Endpoints endpoints) {
        AccessMode access = AccessMode.of(settings);
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(
                access == AccessMode.LOCAL ? new LocalModeFilter(endpoints) : new OpenModeFilter());
        registration.setOrder(FilterOrder.AUTHENTICATION);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        registration.setEnabled(access != AccessMode.CREDENTIALS);
        if (access == AccessMode.OPEN) {
            log.warn(
                    "{}=open: EVERY CALLER MAY DO EVERYTHING, from any address, including /admin. Use this only behind"
                            + " a trusted network that authenticates callers; otherwise configure credentials.",
                    AccessMode.PROPERTY);
        }
        return registration;
    }

    /** Every caller may do everything. */
    private static final class OpenModeFilter extends HttpFilter {

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            RequestCaller.set(request, Caller.UNRESTRICTED);
            chain.doFilter(request, response);
        }
    }
}
