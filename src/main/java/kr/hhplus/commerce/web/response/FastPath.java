package kr.hhplus.commerce.web.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.web.request.RequestCaller;
import kr.hhplus.commerce.web.server.BufferedRequest;
import kr.hhplus.commerce.web.server.FormText;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Takes the requests that a sale consists of past Spring MVC. Only plain ones, as nearly every client writes them:
 * whatever could be wrong with a request, MVC is to say.
 */
public final class FastPath extends HttpFilter {

    private final ObjectMapper json;
    private final AsyncResultHandler answers;
    private final Map<String, Operation<?>> operations = new ConcurrentHashMap<>();

    FastPath(ObjectMapper json, AsyncResultHandler answers) {
        this.json = json;
        this.answers = answers;
    }

    /** A request that can tell by itself that there is nothing to refuse about it. */
    public interface PlainRequest {

        /** False wherever its constraints might not be met. */
        boolean isPlain(Caller caller);
    }

    /** What a controller does with the request. */
    @FunctionalInterface
    public interface Handler<Q> {

        /** @throws RefusedException before anything has happened; the request then goes to Spring MVC */
        CompletableFuture<? extends ResponseEntity<?>> handle(Caller caller, Q request, String idempotencyKey);
    }

    private record Operation<Q extends PlainRequest>(ObjectReader reader, Handler<Q> handler) {

        /** @return null where the request is not plain */
        CompletableFuture<? extends ResponseEntity<?>> begin(Caller caller, byte[] body, String key)
                throws JsonProcessingException {
            Q request = reader.readValue(FormText.utf8(body));
            return request != null && request.isPlain(caller) ? handler.handle(caller, request, key) : null;
        }
    }

    /** From now on, plain requests to POST there are handled here. @param handler the same as Spring MVC has */
    public <Q extends PlainRequest> void open(String path, Class<Q> type, Handler<Q> handler) {
        operations.put(path, new Operation<>(json.readerFor(type), handler));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Operation<?> operation = operations.get(request.getRequestURI());
        CompletableFuture<? extends ResponseEntity<?>> answer =
                operation != null && isPlain(request) ? begin(operation, request) : null;
        if (answer == null) {
            chain.doFilter(request, response);
        } else {
            ServerHttpObservationFilter.findObservationContext(request)
                    .ifPresent(seen -> seen.setPathPattern(request.getRequestURI()));
            answers.answer(answer, request, response);
        }
    }

    private static boolean isPlain(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("POST")
                && request.getQueryString() == null
                && acceptsOnceAtMost(request)
                && MediaType.APPLICATION_JSON_VALUE.equals(request.getContentType())
                && (accept == null || accept.equals("*/*") || accept.equals(MediaType.APPLICATION_JSON_VALUE));
    }

    private static boolean acceptsOnceAtMost(HttpServletRequest request) {
        Enumeration<String> values = request.getHeaders(HttpHeaders.ACCEPT);
        if (values.hasMoreElements()) {
            values.nextElement();
        }
        return !values.hasMoreElements();
    }

    private static CompletableFuture<? extends ResponseEntity<?>> begin(
            Operation<?> operation, HttpServletRequest request) {
        try {
            return operation.begin(
                    RequestCaller.of(request),
                    BufferedRequest.bodyOf(request),
                    request.getHeader(IdempotencyKey.HEADER));
        } catch (JsonProcessingException | RefusedException e) {
            return null;
        }
    }
}
