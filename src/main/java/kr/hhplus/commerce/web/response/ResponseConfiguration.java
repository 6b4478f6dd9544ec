package kr.hhplus.commerce.web.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
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

/** The two short ways out: {@link AsyncResultHandler} in place of Spring's own, and {@link ResponseCacheFilter}. */
@Configuration(proxyBeanMethods = false)
class ResponseConfiguration {

    /** The last one before Spring MVC, for the addresses whose handlers may say that an answer can be kept. */
    @Bean
    FilterRegistrationBean<ResponseCacheFilter> preparedAnswers() {
        FilterRegistrationBean<ResponseCacheFilter> registration =
                new FilterRegistrationBean<>(new ResponseCacheFilter());
        registration.addUrlPatterns("/products", "/products/best-seller");
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
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

    @Bean
    FastPath fastPath(ObjectMapper json, AsyncResultHandler answers) {
        return new FastPath(json, answers);
    }

    /** Behind everything that decides whether a request may be handled at all. */
    @Bean
    FilterRegistrationBean<FastPath> fastPathFilter(FastPath fastPath) {
        FilterRegistrationBean<FastPath> registration = new FilterRegistrationBean<>(fastPath);
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
