package kr.hhplus.commerce.web.server;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Delays the shutdown: the instance reports that it is not ready but still serves requests, so that proxies stop using
 * it before its connections close.
 */
final class ShutdownDelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ShutdownDelay.class);

    private final Duration delay;
    private volatile boolean running;
    private volatile boolean stopping;

    ShutdownDelay(Duration delay) {
        this.delay = delay;
    }

    /**
     * Returns whether the shutdown has begun. Each response then closes its connection, so that the client's next
     * request goes to another instance.
     */
    boolean isStopping() {
        return stopping;
    }

    @Override
    public void start() {
        stopping = false;
        running = true;
    }

    @Override
    public void stop() {
        stopping = true;
        try {
            if (!delay.isZero()) {
                log.info("Stopping: reporting not ready, serving requests for another {} s", delay.toMillis() / 1000.0);
                Thread.sleep(delay.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running = false;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The phase that stops first, before the web server's graceful shutdown. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
