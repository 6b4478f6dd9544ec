package kr.hhplus.commerce.security;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Puts the access that is configured into force for every request. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AccessConfiguration.class);

    /**
     * After the body has been received: refusing one that still comes would hold a thread until it is there. A request
     * whose body came late passes as the container's asynchronous dispatch.
     */
    @Bean
    FilterRegistrationBean<LocalModeFilter> localModeFilter(Environment settings) {
        FilterRegistrationBean<LocalModeFilter> registration = new FilterRegistrationBean<>(new LocalModeFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        Access access = Access.of(settings);
        registration.setEnabled(access == Access.LOCAL);
        if (access == Access.OPEN) {
            log.warn(
                    "{}=open: EVERY CALLER MAY DO EVERYTHING, from any address. Whoever can reach this port can charge,"
                            + " order and administrate. Only a trusted network in front of it makes this safe.",
                    Access.PROPERTY);
        }
        return registration;
    }
}
