package kr.hhplus.commerce.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.pages.Visitor;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A form that somebody has sent.
 *
 * @param caller who did
 * @param typed what stands in its fields
 */
record Submission(Caller caller, Map<String, String> typed, HttpServletRequest request, HttpServletResponse response) {

    /** The form's idempotency key. */
    String key() {
        return typed.get("key");
    }

    private static Submission of(HttpServletRequest request, HttpServletResponse response) {
        Map<String, String> typed = new LinkedHashMap<>();
        request.getParameterMap().forEach((field, values) -> typed.put(field, values[0]));
        return new Submission(Visitor.of(request).caller(), typed, request, response);
    }

    /** Gives it to the controllers that ask for one. */
    @Configuration(proxyBeanMethods = false)
    static class Resolver implements WebMvcConfigurer, HandlerMethodArgumentResolver {

        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
            resolvers.add(this);
        }

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Submission.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                ModelAndViewContainer container,
                NativeWebRequest webRequest,
                WebDataBinderFactory binders) {
            return of(
                    webRequest.getNativeRequest(HttpServletRequest.class),
                    webRequest.getNativeResponse(HttpServletResponse.class));
        }
    }
}
