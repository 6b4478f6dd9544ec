package kr.hhplus.commerce.web.sse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open stream, written only when it takes bytes at once. The container's calls about its end wait for a writer to
 * be through: it recycles request and response afterwards, and gives them to somebody else.
 */
final class SseConnection implements WriteListener, AsyncListener {

    private static final Logger log = LoggerFactory.getLogger(SseConnection.class);
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** Long enough for a closed connection to answer a heartbeat with a reset, and shorter than a tick. */
    private static final long RESET_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final SseSubscriber listener;
    private final long heartbeatNanos;
    private final long endNanos;
    private final Runnable onEnd;
    private volatile boolean over;
    private boolean unflushed;
    private boolean confirming;
    private long lastNanos = System.nanoTime();

    /**
     * @param durationNanos after which the stream is ended, at the next moment at which it takes bytes
     * @param onEnd called at least once, when nothing more can be written
     */
    SseConnection(AsyncContext async, SseSubscriber listener, long heartbeatNanos, long durationNanos, Runnable onEnd)
            throws IOException {
        this.async = async;
        this.out = async.getResponse().getOutputStream();
        this.listener = listener;
        this.heartbeatNanos = heartbeatNanos;
        this.endNanos = System.nanoTime() + durationNanos;
        this.onEnd = onEnd;
    }

    /** From here on the container calls. */
    void begin() {
        async.addListener(this);
        out.setWriteListener(this);
    }

    /** Writes what is new, if the connection takes it. */
    synchronized void wake() {
        try {
            write();
        } catch (IOException e) {
            // The client has gone; the container has seen it as well, and ends the request.
            log.debug("a live connection broke", e);
            end();
        } catch (RuntimeException e) {
            log.error("a live connection could not be told what is new", e);
            end();
            complete();
        }
    }

    private void complete() {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            log.debug("a live connection had ended already", e);
        }
    }

    /** Ends the stream, and waits for nobody to read the rest. */
    synchronized void close() {
        if (!over) {
            end();
            complete();
        }
    }

    private void write() throws IOException {
        while (!over && out.isReady()) {
            if (unflushed) {
                unflushed = false;
                out.flush();
            } else if (System.nanoTime() - endNanos >= 0) {
                close();
            } else {
                byte[] news = news();
                if (news == null) {
                    return;
                }
                lastNanos = System.nanoTime();
                unflushed = true;
                out.write(news);
            }
        }
    }

    /** The first write after a client has closed still succeeds, so that a heartbeat is followed by a second one. */
    private byte[] news() {
        byte[] next = listener.next();
        if (next == null && System.nanoTime() - lastNanos > (confirming ? RESET_WAIT_NANOS : heartbeatNanos)) {
            confirming = !confirming;
            return HEARTBEAT;
        }
        return next;
    }

    private void end() {
        over = true;
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

    /** Waits for nobody: it holds a lock of the container's that a writer may need, and no writer is left by now. */
    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public synchronized void onTimeout(AsyncEvent event) {
        end();
        complete();
    }

    /** Called by the container alone, which has seen that the connection is broken. */
    @Override
    public synchronized void onError(AsyncEvent event) {
        end();
        complete();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it again.
    }
}
