package kr.hhplus.commerce.web.sse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open event stream. It is written only while the connection accepts bytes, so that no write blocks. The container's
 * end-of-request callbacks wait for a write in progress, because the container then recycles request and response.
 */
final class SseConnection implements WriteListener, AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(SseConnection.class);
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** A closed connection resets within this time after a heartbeat. Shorter than a refresh interval. */
    private static final long RESET_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final SseSubscriber subscriber;
    private final long heartbeatNanos;
    private final long endNanos;
    private final Runnable onEnd;
    private volatile boolean finished;
    private boolean unflushed;
    private boolean confirming;
    private long lastNanos = System.nanoTime();

    /**
     * @param durationNanos the stream ends when it accepts bytes after this time
     * @param onEnd called at least once, after the last write
     */
    SseConnection(AsyncContext async, SseSubscriber subscriber, long heartbeatNanos, long durationNanos, Runnable onEnd)
            throws IOException {
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.subscriber = subscriber;
        this.heartbeatNanos = heartbeatNanos;
        this.endNanos = System.nanoTime() + durationNanos;
        this.onEnd = onEnd;
    }

    /** Registers the callbacks of the container. */
    void begin() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    /** Writes the new events, if the connection accepts bytes. */
    synchronized void wake() {
        try {
            write();
        } catch (IOException e) {
            // The container ends the request.
            log.debug("the client closed the stream", e);
            end();
        } catch (RuntimeException e) {
            log.error("failed to write events to a stream", e);
            end();
            complete();
        }
    }

    private void complete() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            log.debug("the stream has ended already", e);
        }
    }

    /** Ends the stream without waiting for unread bytes. */
    synchronized void close() {
        if (!finished) {
            end();
            complete();
        }
    }

    private void write() throws IOException {
        while (!finished && out.isReady()) {
            if (unflushed) {
                unflushed = false;
                out.flush();
            } else if (System.nanoTime() - endNanos >= 0) {
                close();
            } else {
                byte[] events = nextEvents();
                if (events == null) {
                    return;
                }
                lastNanos = System.nanoTime();
                unflushed = true;
                out.write(events);
            }
        }
    }

    /**
     * The first write after the client closed the connection still succeeds, so a second heartbeat follows the first.
     */
    private byte @Nullable [] nextEvents() {
        byte[] next = subscriber.next();
        if (next == null && System.nanoTime() - lastNanos > (confirming ? RESET_WAIT_NANOS : heartbeatNanos)) {
            confirming = !confirming;
            return HEARTBEAT;
        }
        return next;
    }

    private void end() {
        finished = true;
        onEnd.run();
    }

    @Override
    public void onWritePossible() {
        wake();
    }

    @Override
    public synchronized void onError(Throwable failure) {
        end();
    }

    /**
     * Not synchronized: the container calls it while holding a lock that a write may need. No write is in progress
     * here.
     */
    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public synchronized void onTimeout(AsyncEvent event) {
        end();
        complete();
    }

    /** Called by the container when the connection is broken. */
    @Override
    public synchronized void onError(AsyncEvent event) {
        end();
        complete();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // The request does not become asynchronous again.
    }
}
