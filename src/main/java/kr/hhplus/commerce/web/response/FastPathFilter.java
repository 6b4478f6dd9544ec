package kr.hhplus.commerce.web.response;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.endpoint.FastPath;
import kr.hhplus.commerce.web.problem.Problems;
import kr.hhplus.commerce.web.request.RequestBinding;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.RequestHeaderMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.InvocableHandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Calls the handler methods that are annotated with {@link FastPath}, for every request to their paths.
 *
 * <p>Spring MVC's dispatcher takes a third of the CPU time of an order. This filter does only what such a handler
 * needs: the checks, the arguments, the call, and the problem document of a failure. Checks, argument resolvers and
 * problem documents are those of Spring MVC.
 */
final class FastPathFilter extends HttpFilter {

    private final Endpoints endpoints;
    private final RequestBinding binding;
    private final AsyncResultHandler results;
    private final HandlerMethodArgumentResolverComposite arguments = new HandlerMethodArgumentResolverComposite();
    private final Map<HandlerMethod, InvocableHandlerMethod> handlers = new ConcurrentHashMap<>();

    FastPathFilter(Endpoints endpoints, RequestBinding binding, AsyncResultHandler results) {
        this.endpoints = endpoints;
        this.binding = binding;
        this.results = results;
        arguments.addResolvers(binding.resolvers());
        arguments.addResolver(new RequestHeaderMethodArgumentResolver(null));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Endpoint endpoint = endpoints.find(request);
        if (endpoint == null || !endpoint.fastPath() || request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
            return;
        }
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(observation ->
                        observation.setPathPattern(endpoint.path().getPatternString()));
        try {
            results.respond(call(endpoint.handler(), request, response), request, response);
        } catch (Exception | Error failure) {
            Problems.write(request, response, failure);
        }
    }

    private CompletableFuture<?> call(HandlerMethod method, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        InvocableHandlerMethod handler = handlers.computeIfAbsent(method, this::invocable);
        for (HandlerInterceptor check : binding.checks()) {
            check.preHandle(request, response, handler);
        }
        return (CompletableFuture<?>) handler.invokeForRequest(new ServletWebRequest(request, response), null);
    }

    private InvocableHandlerMethod invocable(HandlerMethod method) {
        InvocableHandlerMethod handler = new InvocableHandlerMethod(method.createWithResolvedBean());
        handler.setHandlerMethodArgumentResolvers(arguments);
        return handler;
    }
}
