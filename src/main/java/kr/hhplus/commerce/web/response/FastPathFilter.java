package kr.hhplus.commerce.web.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.endpoint.FastPath;
import kr.hhplus.commerce.web.problem.Problems;
import kr.hhplus.commerce.web.request.RequestBinding;
import kr.hhplus.commerce.web.server.BufferedResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.RequestHeaderMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.InvocableHandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Calls the handler methods that are annotated with {@link FastPath}, for every request to their mappings.
 *
 * <p>Spring MVC's dispatcher takes a third of the CPU time of an order. This filter does only what such a handler
 * needs: the checks, the arguments, the call, and the response. Checks, argument resolvers and problem documents are
 * those of Spring MVC. As in Spring MVC, a request whose result is pending is dispatched again when it is complete.
 */
final class FastPathFilter extends HttpFilter {

    private final Endpoints endpoints;
    private final RequestBinding binding;
    private final ObjectMapper json;
    private final Duration timeout;
    private final HandlerMethodArgumentResolverComposite arguments = new HandlerMethodArgumentResolverComposite();
    private final Map<HandlerMethod, InvocableHandlerMethod> handlers = new ConcurrentHashMap<>();

    /** @param timeout the time after which the response is OUTCOME_UNKNOWN */
    FastPathFilter(Endpoints endpoints, RequestBinding binding, ObjectMapper json, Duration timeout) {
        this.endpoints = endpoints;
        this.binding = binding;
        this.json = json;
        this.timeout = timeout;
        arguments.addResolvers(binding.resolvers());
        arguments.addResolver(new RequestHeaderMethodArgumentResolver(null));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CompletableFuture<?> result = PendingResult.of(request);
        if (result != null) {
            respond(result, request, response);
            return;
        }
        Endpoint endpoint = endpoints.find(request);
        if (endpoint == null || !endpoint.fastPath() || request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
            return;
        }
        ServerHttpObservationFilter.findObservationContext(request)
                .ifPresent(observation ->
                        observation.setPathPattern(endpoint.path().getPatternString()));
        try {
            result = call(endpoint.handler(), request, response);
        } catch (Exception | Error failure) {
            Problems.write(request, response, failure);
            return;
        }
        if (result.isDone()) {
            respond(result, request, response);
        } else {
            // At the timeout the container's thread writes a problem document, after ResponseFilter has returned.
            BufferedResponse.writeThrough(response);
            PendingResult.await(result, request, response, timeout);
        }
    }

    private void respond(CompletableFuture<?> result, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            ResponseEntity<?> entity = (ResponseEntity<?>) result.join();
            byte[] body = json.writeValueAsBytes(entity.getBody());
            response.setStatus(entity.getStatusCode().value());
            entity.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream().write(body);
        } catch (JsonProcessingException | RuntimeException failure) {
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
