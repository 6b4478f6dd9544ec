package kr.hhplus.commerce.web.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.request.RequestBinding;
import kr.hhplus.commerce.web.server.FilterOrder;
import kr.hhplus.commerce.web.server.ResponseCache;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Registers the response cache and the fast path in front of Spring MVC. */
@Configuration(proxyBeanMethods = false)
class ResponseConfiguration {

    @Bean
    FilterRegistrationBean<ResponseCacheFilter> responseCacheFilter(ResponseCache responses) {
        return inFrontOfMvc(new ResponseCacheFilter(responses), FilterOrder.RESPONSE_CACHE);
    }

    @Bean
    FilterRegistrationBean<FastPathFilter> fastPathFilter(
            Endpoints endpoints, RequestBinding binding, ObjectMapper json, WebMvcProperties properties) {
        return inFrontOfMvc(
                new FastPathFilter(
                        endpoints, binding, json, properties.getAsync().getRequestTimeout()),
                FilterOrder.FAST_PATH);
    }

    /** Registered for ASYNC because a request that waited for its body, a thread or its result is dispatched again. */
    private static <F extends Filter> FilterRegistrationBean<F> inFrontOfMvc(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        registration.setOrder(order);
        return registration;
    }
}
