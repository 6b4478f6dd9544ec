package kr.hhplus.commerce.web.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.request.RequestBinding;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Registers the response cache and the fast path in front of Spring MVC. */
@Configuration(proxyBeanMethods = false)
class ResponseConfiguration {

    /** After the filters that decide whether a request may be handled. */
    @Bean
    FilterRegistrationBean<ResponseCacheFilter> responseCacheFilter(Endpoints endpoints, MeterRegistry registry) {
        ResponseCacheFilter filter = new ResponseCacheFilter(request -> {
            Endpoint endpoint = endpoints.find(request);
            return endpoint != null && endpoint.cached();
        });
        CaffeineCacheMetrics.monitor(registry, filter.cache(), "responses");
        return inFrontOfMvc(filter, Ordered.LOWEST_PRECEDENCE - 1);
    }

    /** The last filter before Spring MVC. */
    @Bean
    FilterRegistrationBean<FastPathFilter> fastPathFilter(
            Endpoints endpoints, RequestBinding binding, ObjectMapper json, WebMvcProperties properties) {
        return inFrontOfMvc(
                new FastPathFilter(
                        endpoints, binding, json, properties.getAsync().getRequestTimeout()),
                Ordered.LOWEST_PRECEDENCE);
    }

    /** Registered for ASYNC because a request that waited for its body, a thread or its result is dispatched again. */
    private static <F extends Filter> FilterRegistrationBean<F> inFrontOfMvc(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        registration.setOrder(order);
        return registration;
    }
}
