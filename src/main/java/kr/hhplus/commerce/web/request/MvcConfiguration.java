package kr.hhplus.commerce.web.request;

import java.util.List;
import kr.hhplus.commerce.web.problem.Languages;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configures how Spring MVC reads requests: strictly, with errors in the language of the caller. */
@Configuration(proxyBeanMethods = false)
class MvcConfiguration implements WebMvcConfigurer {

    private final ObjectProvider<RequestBinding> binding;

    MvcConfiguration(ObjectProvider<RequestBinding> binding) {
        this.binding = binding;
    }

    @Bean
    LocaleResolver localeResolver() {
        return Languages.localeResolver();
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(binding.getObject().resolvers());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        binding.getObject().checks().forEach(interceptors::addInterceptor);
    }
}
