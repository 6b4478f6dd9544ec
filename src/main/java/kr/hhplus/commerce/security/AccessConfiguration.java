package kr.hhplus.commerce.security;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import kr.hhplus.commerce.web.endpoint.Endpoints;
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
     * Runs after the body has been received, because a refusal before that would hold a thread until the rest arrives.
     * A request whose body arrived late passes as an asynchronous dispatch.
     */
    @Bean
    FilterRegistrationBean<LocalModeFilter> localModeFilter(Environment settings, Endpoints endpoints) {
        FilterRegistrationBean<LocalModeFilter> registration =
                new FilterRegistrationBean<>(new LocalModeFilter(endpoints));
        registration.setOrder(FilterOrder.AUTHENTICATION);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        AccessMode access = AccessMode.of(settings);
        registration.setEnabled(access == AccessMode.LOCAL);
        if (access == AccessMode.OPEN) {
            log.warn(
                    "{}=open: EVERY CALLER MAY DO EVERYTHING, from any address, including /admin. Use this only behind"
                            + " a trusted network that authenticates callers; otherwise configure credentials.",
                    AccessMode.PROPERTY);
        }
        return registration;
    }
}
