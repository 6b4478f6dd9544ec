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

/** Gives the controllers of pages their visitor, and a mapping of their own. */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration implements WebMvcConfigurer, WebMvcRegistrations {

    /** Asked where the mapping of calls has nothing. */
    private static final int AFTER_CALLS = 1;

    /** A call is looked for among calls: it does not wait until it is known to be none of so many pages. */
    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new Mapping(false);
    }

    @Bean
    static RequestMappingHandlerMapping pageMapping() {
        Mapping pages = new Mapping(true);
        pages.setOrder(AFTER_CALLS);
        pages.setInterceptors(StrictParameterCheck.ofPages());
        return pages;
    }

    private static final class Mapping extends RequestMappingHandlerMapping {

        private final boolean ofPages;

        Mapping(boolean ofPages) {
            this.ofPages = ofPages;
        }

        @Override
        protected boolean isHandler(Class<?> type) {
            return super.isHandler(type) && ofPages == AnnotatedElementUtils.hasAnnotation(type, HtmlPage.class);
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
