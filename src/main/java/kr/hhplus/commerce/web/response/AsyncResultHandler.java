package kr.hhplus.commerce.web.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import kr.hhplus.commerce.web.problem.Problems;
import kr.hhplus.commerce.web.server.BufferedResponse;
import kr.hhplus.commerce.web.server.RequestIdFilter;
import kr.hhplus.commerce.web.server.ResponseWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Writes what a handler's future ends with, as JSON, where it ends. Spring would send the request through filters and
 * dispatcher a second time for that, which costs as much as the first.
 */
final class AsyncResultHandler implements HandlerMethodReturnValueHandler {

    private static final Logger log = LoggerFactory.getLogger(AsyncResultHandler.class);

    private static final byte[] NOTHING = {};

    private final ObjectMapper json;
    private final ResponseWriter responses;
    private final Executor threads;
    private final Duration timeout;

    /** @param timeout after which the outcome is called unknown */
    AsyncResultHandler(ObjectMapper json, ResponseWriter responses, Executor threads, Duration timeout) {
        this.json = json;
        this.responses = responses;
        this.threads = threads;
        this.timeout = timeout;
    }

    /** By the declared type: pages declare a stage, which Spring dispatches once more to be rendered. */
    @Override
    public boolean supportsReturnType(MethodParameter type) {
        Method handler = type.getMethod();
        return handler != null && handler.getReturnType() == CompletableFuture.class;
    }

    @Override
    public void handleReturnValue(
            Object value, MethodParameter type, ModelAndViewContainer container, NativeWebRequest web) {
        container.setRequestHandled(true);
        answer(
                (CompletableFuture<?>) value,
                web.getNativeRequest(HttpServletRequest.class),
                web.getNativeResponse(HttpServletResponse.class));
    }

    /** Answers with what the future ends with, now or later. */
    void answer(CompletableFuture<?> answer, HttpServletRequest request, HttpServletResponse response) {
        if (answer.isDone()) {
            answer.whenComplete((result, failure) -> writeNow(request, response, result, failure));
        } else {
            BufferedResponse.writeThrough(response);
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(timeout.toMillis());
            Waiting waiting = new Waiting(async);
            async.addListener(waiting);
            answer.whenCompleteAsync(waiting::end, threads);
        }
    }

    /** Into the response's buffer, which is sent when the request is through. */
    private void writeNow(HttpServletRequest request, HttpServletResponse response, Object result, Throwable failure) {
        byte[] body = body(request, response, result, failure);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            log.debug("the client has gone", e);
        }
    }

    /** Sets status and headers. @return what is still to be written; a failure's document is in the buffer already */
    private byte[] body(HttpServletRequest request, HttpServletResponse response, Object result, Throwable failure) {
        try {
            if (failure != null) {
                writeFailure(request, response, failure);
                return NOTHING;
            }
            return body(response, result instanceof ResponseEntity<?> entity ? entity : ResponseEntity.ok(result));
        } catch (JsonProcessingException e) {
            return body(request, response, null, e);
        } catch (IOException | RuntimeException e) {
            log.error("an answer could not be written", e);
            if (!response.isCommitted()) {
                response.reset();
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
            return NOTHING;
        }
    }

    @SuppressWarnings("try")
    private static void writeFailure(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        try (MDC.MDCCloseable named = RequestIdFilter.name(request)) {
            Problems.fill(request, response, failure);
        }
    }

    private byte[] body(HttpServletResponse response, ResponseEntity<?> entity) throws JsonProcessingException {
        byte[] body = json.writeValueAsBytes(entity.getBody());
        response.setStatus(entity.getStatusCode().value());
        entity.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        return body;
    }

    /**
     * A request whose answer is still to come. Its end comes once, from whoever is first; the container's own thread
     * waits for one who is at it, because it recycles request and response afterwards.
     */
    private final class Waiting implements AsyncListener {

        private final AsyncContext async;
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private boolean over;

        Waiting(AsyncContext async) {
            this.async = async;
            this.request = (HttpServletRequest) async.getRequest();
            this.response = (HttpServletResponse) async.getResponse();
        }

        synchronized void end(Object result, Throwable failure) {
            if (!over) {
                over = true;
                send(body(request, response, result, failure));
            }
        }

        private void send(byte[] body) {
            try {
                responses.send(async, body);
            } catch (IOException | IllegalStateException e) {
                log.debug("response not sent: the request has ended", e);
            } catch (RuntimeException e) {
                log.error("response not sent", e);
            }
        }

        /** The failure's small document is in the container's buffer; it cannot wait, because the request ends here. */
        @Override
        public synchronized void onTimeout(AsyncEvent event) {
            if (!over) {
                over = true;
                body(request, response, null, new AsyncRequestTimeoutException());
                async.complete();
            }
        }

        /** The connection broke. */
        @Override
        public synchronized void onError(AsyncEvent event) {
            if (!over) {
                over = true;
                async.complete();
            }
        }

        @Override
        public synchronized void onComplete(AsyncEvent event) {
            over = true;
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Nobody starts it again.
        }
    }
}
