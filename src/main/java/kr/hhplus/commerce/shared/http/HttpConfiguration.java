package kr.hhplus.commerce.shared.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kr.hhplus.commerce.shared.problem.Languages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** How Spring MVC reads requests here: nothing is guessed, and errors speak the caller's language. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration implements WebMvcConfigurer {

    private final ObjectProvider<ObjectMapper> json;
    private final ObjectProvider<Validator> validator;

    HttpConfiguration(ObjectProvider<ObjectMapper> json, ObjectProvider<Validator> validator) {
        this.json = json;
        this.validator = validator;
    }

    @Bean
    LocaleResolver localeResolver() {
        return Languages.localeResolver();
    }

    /** Ours before Spring's own, which sends the request through the server again. */
    @Bean
    SmartInitializingSingleton futureAnswers(
            RequestMappingHandlerAdapter adapter, AnswerWriters writers, WebMvcProperties settings) {
        return () -> {
            List<HandlerMethodReturnValueHandler> handlers = new ArrayList<>();
            handlers.add(new FutureAnswers(
                    json.getObject(), writers, settings.getAsync().getRequestTimeout()));
            handlers.addAll(Objects.requireNonNull(adapter.getReturnValueHandlers()));
            adapter.setReturnValueHandlers(handlers);
        };
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
        resolvers.add(new BodyOrParametersResolver(json.getObject(), validator.getObject()));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new JsonAlone());
        interceptors.addInterceptor(new StrictParameters());
    }
}
