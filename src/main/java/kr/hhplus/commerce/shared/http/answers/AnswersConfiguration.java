package kr.hhplus.commerce.shared.http.answers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kr.hhplus.commerce.shared.intake.ContainerThreads;
import kr.hhplus.commerce.shared.intake.ResponseWriter;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** The two short ways out: {@link FutureAnswers} in place of Spring's own, and {@link PreparedAnswers}. */
@Configuration(proxyBeanMethods = false)
class AnswersConfiguration {

    /** The last one before Spring MVC, for the addresses whose handlers may say that an answer can be kept. */
    @Bean
    FilterRegistrationBean<PreparedAnswers> preparedAnswers() {
        FilterRegistrationBean<PreparedAnswers> registration = new FilterRegistrationBean<>(new PreparedAnswers());
        registration.addUrlPatterns("/products", "/products/best-seller");
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FutureAnswers futureAnswers(
            ObjectMapper json, ResponseWriter responses, ContainerThreads threads, WebMvcProperties settings) {
        return new FutureAnswers(json, responses, threads, settings.getAsync().getRequestTimeout());
    }

    @Bean
    FastPath fastPath(ObjectMapper json, FutureAnswers answers) {
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
    SmartInitializingSingleton futureAnswersFirst(RequestMappingHandlerAdapter adapter, FutureAnswers answers) {
        return () -> {
            List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>();
            handlers.add(answers);
            handlers.addAll(Objects.requireNonNull(adapter.getReturnValueHandlers()));
            adapter.setReturnValueHandlers(handlers);
        };
    }
}
