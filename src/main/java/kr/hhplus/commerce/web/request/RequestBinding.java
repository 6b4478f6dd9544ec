package kr.hhplus.commerce.web.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.Validator;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerInterceptor;

/** The checks and argument resolvers of API handlers, shared by Spring MVC and the fast path. */
@Component
public final class RequestBinding {

    private final List<HandlerInterceptor> checks = List.of(new JsonOnly(), StrictParameterCheck.forApi());
    private final List<HandlerMethodArgumentResolver> resolvers;

    RequestBinding(ObjectMapper json, Validator validator) {
        this.resolvers = List.of(
                new CallerResolver(), new BodyOrParametersResolver(json, validator), new JsonBodyResolver(json));
    }

    /** Interceptors to call in this order before a handler; each throws if the request is invalid. */
    public List<HandlerInterceptor> checks() {
        return checks;
    }

    public List<HandlerMethodArgumentResolver> resolvers() {
        return resolvers;
    }
}
