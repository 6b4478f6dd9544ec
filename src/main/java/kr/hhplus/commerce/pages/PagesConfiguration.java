package kr.hhplus.commerce.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import kr.hhplus.commerce.web.request.StrictParameterCheck;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Resolves the {@link Visitor} argument, and gives pages a handler mapping of their own. */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer, WebMvcRegistrations {

    /** After the mapping of the API. */
    private static final int AFTER_API = 1;

    /** The API's mapping has no pages, so that an API request is not matched against all of them. */
    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new Mapping(false);
    }

    @Bean
    static RequestMappingHandlerMapping pageMapping() {
        Mapping pages = new Mapping(true);
        pages.setOrder(AFTER_API);
        pages.setInterceptors(StrictParameterCheck.forPages());
        return pages;
    }

    private static final class Mapping extends RequestMappingHandlerMapping {

        private final boolean forPages;

        Mapping(boolean forPages) {
            this.forPages = forPages;
        }

        @Override
        protected boolean isHandler(Class<?> type) {
            return super.isHandler(type) && forPages == AnnotatedElementUtils.hasAnnotation(type, HtmlPage.class);
        }
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new VisitorResolver());
    }

    private static final class VisitorResolver implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Visitor.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                ModelAndViewContainer container,
                NativeWebRequest webRequest,
                WebDataBinderFactory binders) {
            return Visitor.of(webRequest.getNativeRequest(HttpServletRequest.class));
        }
    }
}
