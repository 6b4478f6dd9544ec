package kr.hhplus.commerce.web.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.FairQueue;
import kr.hhplus.commerce.web.problem.Problems;

/**
 * Keeps container threads free for orders and coupon issues while other requests block.
 *
 * <p>Few container threads use much less processor time than many (docs/decisions/031), but blocking work, such as a
 * slow query, soon occupies all of them. So at most {@code max} threads run handlers that may block. A further request
 * waits without a thread, and is dispatched when another request finishes. Clients take turns, so that a few of them do
 * not hold up all others. The price: while {@code max} requests block, the next one waits although a thread is idle.
 * After {@link #enter} returns true, the caller must call {@link #leave}, also when the handler fails.
 *
 * <p>The second dispatch of any request, whose future has completed, is not counted, although a refused form of a page
 * may query the database when it is rendered. The command may have committed, so its response must not be refused with
 * 503. Only the container's threads limit these dispatches.
 */
final class BlockingRequestLimit {

    private static final String ADMITTED = BlockingRequestLimit.class.getName() + ".admitted";

    private final int max;
    private final long waitMillisMax;
    private final FairQueue<WaitingRequest> waiting = new FairQueue<>(Integer.MAX_VALUE);
    private int running;

    BlockingRequestLimit(int max, Duration waitMax) {
        this.max = max;
        this.waitMillisMax = waitMax.toMillis();
    }

    /**
     * Requests permission to run a handler that may block on the current thread.
     *
     * @param body the body of the request, which the asynchronous dispatch receives; empty if it has none
     * @return false if the handler must not run now: the request waits, and an asynchronous dispatch resumes it, or it
     *     has ended while it waited. The caller must return.
     */
    boolean enter(HttpServletRequest request, HttpServletResponse response, byte[] body) throws IOException {
        if (request.getAttribute(ADMITTED) instanceof WaitingRequest admitted) {
            request.removeAttribute(ADMITTED);
            if (!admitted.start()) {
                Problems.write(request, response, Refusal.of(ErrorCode.OVERLOADED));
                return false;
            }
            return true;
        }
        synchronized (waiting) {
            if (running < max) {
                running++;
                return true;
            }
        }
        await(request, response, body);
        return false;
    }

    /** Returns whether the request has waited and has got a place, which {@link #enter} takes over. */
    static boolean isAdmitted(HttpServletRequest request) {
        return request.getAttribute(ADMITTED) != null;
    }

    private void await(HttpServletRequest request, HttpServletResponse response, byte[] body) {
        StoredBody.put(request, body);
        BufferedResponse.writeThrough(response);
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(waitMillisMax);
        WaitingRequest waitingRequest = new WaitingRequest(async);
        async.addListener(waitingRequest);
        synchronized (waiting) {
            if (running == max) {
                waiting.offer(request.getRemoteAddr(), waitingRequest);
                return;
            }
            running++;
        }
        if (!waitingRequest.admit()) {
            leave();
        }
    }

    /** Releases the place that {@link #enter} took, and admits the next request. */
    void leave() {
        WaitingRequest next;
        do {
            synchronized (waiting) {
                next = waiting.poll();
                if (next == null) {
                    running--;
                }
            }
        } while (next != null && !next.admit());
    }

    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /**
     * A waiting request. Its place is released once: by {@link #leave}, or when the request ends before its handler
     * runs.
     */
    private final class WaitingRequest implements AsyncListener {

        private enum State {
            WAITING,
            ADMITTED,
            STARTED,
            ENDED
        }

        private final AsyncContext async;
        private State state = State.WAITING;

        WaitingRequest(AsyncContext async) {
            this.async = async;
        }

        private synchronized boolean change(State from, State to) {
            boolean changes = state == from;
            if (changes) {
                state = to;
            }
            return changes;
        }

        /**
         * Dispatches the request.
         *
         * @return false if the request has ended, so that its place is still free
         */
        boolean admit() {
            if (!change(State.WAITING, State.ADMITTED)) {
                return false;
            }
            try {
                async.getRequest().setAttribute(ADMITTED, this);
                async.dispatch();
                return true;
            } catch (RuntimeException e) {
                // The container ended the request between the two steps.
                return !change(State.ADMITTED, State.ENDED);
            }
        }

        boolean start() {
            return change(State.ADMITTED, State.STARTED);
        }

        /**
         * Ends the request if it still waits.
         *
         * @return whether the request was still waiting
         */
        private boolean stopWaiting() {
            boolean waited = change(State.WAITING, State.ENDED);
            if (waited) {
                synchronized (waiting) {
                    waiting.remove(this);
                }
            }
            return waited;
        }

        /** A request that has been admitted at this moment is dispatched all the same. */
        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            if (stopWaiting()) {
                Problems.write(
                        (HttpServletRequest) async.getRequest(),
                        (HttpServletResponse) async.getResponse(),
                        Refusal.of(ErrorCode.OVERLOADED));
                async.complete();
            }
        }

        @Override
        public void onError(AsyncEvent event) {
            if (stopWaiting()) {
                async.complete();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            if (!stopWaiting() && change(State.ADMITTED, State.ENDED)) {
                leave();
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // The handler starts its own asynchronous processing, which this listener does not follow.
        }
    }
}
