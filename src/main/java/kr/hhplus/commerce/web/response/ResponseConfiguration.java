package kr.hhplus.commerce.web.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import jakarta.servlet.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.request.RequestBinding;
import kr.hhplus.commerce.web.server.ResponseWriter;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Registers the fast path, the response cache, and {@link AsyncResultHandler} in place of Spring's own handler. */
@Configuration(proxyBeanMethods = false)
class ResponseConfiguration {

    /** The last filter before Spring MVC. */
    @Bean
    FilterRegistrationBean<ResponseCacheFilter> responseCacheFilter(Endpoints endpoints, MeterRegistry registry) {
        ResponseCacheFilter filter = new ResponseCacheFilter(request -> {
            Endpoint endpoint = endpoints.find(request);
            return endpoint != null && endpoint.cached();
        });
        CaffeineCacheMetrics.monitor(registry, filter.cache(), "responses");
        return last(filter);
    }

    @Bean
    AsyncResultHandler futureAnswers(
            ObjectMapper json,
            ResponseWriter responses,
            @Qualifier("responseExecutor") Executor threads,
            WebMvcProperties properties) {
        return new AsyncResultHandler(
                json, responses, threads, properties.getAsync().getRequestTimeout());
    }

    /** Behind everything that decides whether a request may be handled at all. */
    @Bean
    FilterRegistrationBean<FastPathFilter> fastPathFilter(
            Endpoints endpoints, RequestBinding binding, AsyncResultHandler results) {
        return last(new FastPathFilter(endpoints, binding, results));
    }

    private static <F extends Filter> FilterRegistrationBean<F> last(F filter) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    @Bean
    SmartInitializingSingleton futureAnswersFirst(RequestMappingHandlerAdapter adapter, AsyncResultHandler answers) {
        return () -> {
            List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>();
            handlers.add(answers);
            handlers.addAll(Objects.requireNonNull(adapter.getReturnValueHandlers()));
            adapter.setReturnValueHandlers(handlers);
        };
    }
}
