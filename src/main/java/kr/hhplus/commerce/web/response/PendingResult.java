package kr.hhplus.commerce.web.response;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.web.problem.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;

/**
 * A request whose result is pending. The first of result, timeout and error ends the wait. The container reuses the
 * request object for another request once its callbacks have returned, so the callbacks and the dispatch exclude each
 * other.
 */
final class PendingResult implements AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(PendingResult.class);
    private static final String RESULT = PendingResult.class.getName();

    private final AsyncContext async;
    private boolean ended;

    private PendingResult(AsyncContext async) {
        this.async = async;
    }

    /**
     * Dispatches the request again when the result is complete.
     *
     * @param timeout the time after which the response is OUTCOME_UNKNOWN
     */
    static void await(
            CompletableFuture<?> result, HttpServletRequest request, HttpServletResponse response, Duration timeout) {
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(timeout.toMillis());
        PendingResult pending = new PendingResult(async);
        async.addListener(pending);
        result.whenComplete((value, failure) -> pending.dispatch(result));
    }

    /** Returns the complete result of a request that has been dispatched again; null for any other request. */
    static CompletableFuture<?> of(HttpServletRequest request) {
        return (CompletableFuture<?>) request.getAttribute(RESULT);
    }

    private synchronized void dispatch(CompletableFuture<?> result) {
        if (!ended) {
            ended = true;
            try {
                async.getRequest().setAttribute(RESULT, result);
                async.dispatch();
            } catch (RuntimeException e) {
                log.debug("no response: the request has ended", e);
            }
        }
    }

    @Override
    public synchronized void onTimeout(AsyncEvent event) throws IOException {
        if (!ended) {
            ended = true;
            Problems.write(
                    (HttpServletRequest) async.getRequest(),
                    (HttpServletResponse) async.getResponse(),
                    new AsyncRequestTimeoutException());
            async.complete();
        }
    }

    /** Called by the container when the connection is broken. */
    @Override
    public synchronized void onError(AsyncEvent event) {
        if (!ended) {
            ended = true;
            async.complete();
        }
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        ended = true;
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The response may be sent asynchronously, which this listener does not follow.
    }
}
