package kr.hhplus.commerce.web.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.request.RequestBinding;
import kr.hhplus.commerce.web.server.FilterOrder;
import kr.hhplus.commerce.web.server.ResponseCache;
import kr.hhplus.commerce.web.server.ResponseWriter;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Registers the fast path, the response cache, and {@link AsyncResultHandler} before Spring's own handlers. */
@Configuration(proxyBeanMethods = false)
class ResponseConfiguration {

    @Bean
    FilterRegistrationBean<ResponseCacheFilter> responseCacheFilter(ResponseCache responses) {
        return inFrontOfMvc(new ResponseCacheFilter(responses), FilterOrder.RESPONSE_CACHE);
    }

    @Bean
    AsyncResultHandler asyncResultHandler(
            ObjectMapper json,
            ResponseWriter responses,
            @Qualifier("responseExecutor") Executor responseExecutor,
            WebMvcProperties properties) {
        return new AsyncResultHandler(
                json, responses, responseExecutor, properties.getAsync().getRequestTimeout());
    }

    @Bean
    FilterRegistrationBean<FastPathFilter> fastPathFilter(
            Endpoints endpoints, RequestBinding binding, AsyncResultHandler results) {
        return inFrontOfMvc(new FastPathFilter(endpoints, binding, results), FilterOrder.FAST_PATH);
    }

    /** Registered for ASYNC because a request that waited for its body or for a thread is dispatched again. */
    private static <F extends Filter> FilterRegistrationBean<F> inFrontOfMvc(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        registration.setOrder(order);
        return registration;
    }

    @Bean
    SmartInitializingSingleton asyncResultHandlerFirst(
            RequestMappingHandlerAdapter adapter, AsyncResultHandler results) {
        return () -> {
            List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>();
            handlers.add(results);
            handlers.addAll(Objects.requireNonNull(adapter.getReturnValueHandlers()));
            adapter.setReturnValueHandlers(handlers);
        };
    }
}
