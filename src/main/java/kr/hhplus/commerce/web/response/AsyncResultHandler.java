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
 * Writes the result of a handler's future as JSON when the future completes. Spring would dispatch the request through
 * filters and dispatcher servlet a second time, which costs as much as the first.
 */
final class AsyncResultHandler implements HandlerMethodReturnValueHandler {

    private static final Logger log = LoggerFactory.getLogger(AsyncResultHandler.class);

    private static final byte[] EMPTY = {};

    private final ObjectMapper json;
    private final ResponseWriter responses;
    private final Executor executor;
    private final Duration timeout;

    /**
     * Creates a handler.
     *
     * @param executor writes the responses of futures that complete later
     * @param timeout the time after which the response is OUTCOME_UNKNOWN
     */
    AsyncResultHandler(ObjectMapper json, ResponseWriter responses, Executor executor, Duration timeout) {
        this.json = json;
        this.responses = responses;
        this.executor = executor;
        this.timeout = timeout;
    }

    /** Checks the declared type: pages declare a CompletionStage, which Spring dispatches again to render it. */
    @Override
    public boolean supportsReturnType(MethodParameter type) {
        Method handler = type.getMethod();
        return handler != null && handler.getReturnType() == CompletableFuture.class;
    }

    @Override
    public void handleReturnValue(
            Object value, MethodParameter type, ModelAndViewContainer container, NativeWebRequest web) {
        container.setRequestHandled(true);
        respond(
                (CompletableFuture<?>) value,
                web.getNativeRequest(HttpServletRequest.class),
                web.getNativeResponse(HttpServletResponse.class));
    }

    /** Responds with the result of the future, now or when it completes. */
    void respond(CompletableFuture<?> future, HttpServletRequest request, HttpServletResponse response) {
        if (future.isDone()) {
            future.whenComplete((result, failure) -> writeNow(request, response, result, failure));
        } else {
            BufferedResponse.writeThrough(response);
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(timeout.toMillis());
            PendingResponse pending = new PendingResponse(async);
            async.addListener(pending);
            future.whenCompleteAsync(pending::complete, executor);
        }
    }

    /** Writes into the response's buffer, which {@code ResponseFilter} sends. */
    private void writeNow(HttpServletRequest request, HttpServletResponse response, Object result, Throwable failure) {
        byte[] body = body(request, response, result, failure);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            log.debug("the client closed the connection", e);
        }
    }

    /**
     * Sets status and headers.
     *
     * @return the body to write; empty for a failure, whose document is already in the buffer
     */
    private byte[] body(HttpServletRequest request, HttpServletResponse response, Object result, Throwable failure) {
        try {
            if (failure != null) {
                writeFailure(request, response, failure);
                return EMPTY;
            }
            return body(response, result instanceof ResponseEntity<?> entity ? entity : ResponseEntity.ok(result));
        } catch (JsonProcessingException e) {
            return body(request, response, null, e);
        } catch (IOException | RuntimeException e) {
            log.error("a response could not be written", e);
            if (!response.isCommitted()) {
                response.reset();
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
            return EMPTY;
        }
    }

    @SuppressWarnings("try")
    private static void writeFailure(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        try (MDC.MDCCloseable requestId = RequestIdFilter.putInLogContext(request)) {
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
     * A request whose result is pending. The first of result, timeout and error finishes it. Container callbacks wait
     * for a write in progress, because the container then recycles request and response.
     */
    private final class PendingResponse implements AsyncListener {

        private final AsyncContext async;
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private boolean finished;

        PendingResponse(AsyncContext async) {
            this.async = async;
            this.request = (HttpServletRequest) async.getRequest();
            this.response = (HttpServletResponse) async.getResponse();
        }

        synchronized void complete(Object result, Throwable failure) {
            if (!finished) {
                finished = true;
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

        /** The request ends here, so the small problem document goes into the container's buffer. */
        @Override
        public synchronized void onTimeout(AsyncEvent event) {
            if (!finished) {
                finished = true;
                body(request, response, null, new AsyncRequestTimeoutException());
                async.complete();
            }
        }

        /** Called by the container when the connection is broken. */
        @Override
        public synchronized void onError(AsyncEvent event) {
            if (!finished) {
                finished = true;
                async.complete();
            }
        }

        @Override
        public synchronized void onComplete(AsyncEvent event) {
            finished = true;
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // The request does not become asynchronous again.
        }
    }
}
