package kr.hhplus.commerce.web.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.Validator;
import java.util.List;
import kr.hhplus.commerce.web.problem.Languages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

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

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerResolver());
        resolvers.add(new BodyOrParametersResolver(json.getObject(), validator.getObject()));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new JsonOnly());
        interceptors.addInterceptor(StrictParameterCheck.ofCalls());
    }
}
