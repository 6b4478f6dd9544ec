package kr.hhplus.commerce.web.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.problem.Problems;

/**
 * Leaves container threads to orders and coupon issues, whatever the other requests wait for.
 *
 * <p>The idea: few container threads cost much less processor time than many (docs/decisions/031), but few are soon
 * held by work that blocks, such as a slow query. So at most {@code max} threads run handlers that may block. A request
 * beyond that waits without a thread, in order of arrival, and is dispatched as soon as another one finishes. The
 * price: while {@code max} requests block, the next one waits although a thread is idle. The caller that enters must
 * leave, also when the handler fails.
 */
final class BlockingRequestLimit {

    private static final String ADMITTED = BlockingRequestLimit.class.getName() + ".admitted";

    private final int max;
    private final long waitMillisMax;
    private final Queue<WaitingRequest> waiting = new ArrayDeque<>();
    private int running;

    BlockingRequestLimit(int max, Duration waitMax) {
        this.max = max;
        this.waitMillisMax = waitMax.toMillis();
    }

    /**
     * Asks to run a handler that may block on the current thread.
     *
     * @param body the body of the request, which its second pass receives; empty where it has none
     * @return false where the request waits: the caller returns, and the request comes back by an asynchronous dispatch
     */
    boolean enter(HttpServletRequest request, HttpServletResponse response, byte[] body) throws IOException {
        if (request.getAttribute(ADMITTED) instanceof WaitingRequest admitted) {
            request.removeAttribute(ADMITTED);
            if (!admitted.begin()) {
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

    private void await(HttpServletRequest request, HttpServletResponse response, byte[] body) {
        BodyReceiver.putReceived(request, body);
        BufferedResponse.writeThrough(response);
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(waitMillisMax);
        WaitingRequest one = new WaitingRequest(async);
        async.addListener(one);
        synchronized (waiting) {
            if (running == max) {
                waiting.add(one);
                return;
            }
            running++;
        }
        if (!one.admit()) {
            leave();
        }
    }

    /** Ends what {@link #enter} has begun, and admits the next request. */
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

    /** One request that waits. Its place is returned once: by {@link #leave}, or where it ends before it begins. */
    private final class WaitingRequest implements AsyncListener {

        private enum State {
            WAITING,
            ADMITTED,
            BEGUN,
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

        /** @return false where it has ended, so that its place is still free */
        boolean admit() {
            if (!change(State.WAITING, State.ADMITTED)) {
                return false;
            }
            try {
                async.getRequest().setAttribute(ADMITTED, this);
                async.dispatch();
                return true;
            } catch (RuntimeException e) {
                // The container has ended it at this moment.
                return !change(State.ADMITTED, State.ENDED);
            }
        }

        boolean begin() {
            return change(State.ADMITTED, State.BEGUN);
        }

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
