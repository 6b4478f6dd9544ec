package kr.hhplus.commerce.web.server;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The first part of a stop: readiness is down already, yet everything is still served, so that proxies can turn away
 * before a connection breaks under them.
 */
final class DrainPhase implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DrainPhase.class);

    private final Duration time;
    private volatile boolean running;
    private volatile boolean draining;

    DrainPhase(Duration time) {
        this.time = time;
    }

    /** Whether answers must ask their clients to connect anew, which then leads them to another instance. */
    boolean isDraining() {
        return draining;
    }

    @Override
    public void start() {
        draining = false;
        running = true;
    }

    @Override
    public void stop() {
        draining = true;
        try {
            if (!time.isZero()) {
                log.info("Stopping: not ready any more, serving for another {} s", time.toMillis() / 1000.0);
                Thread.sleep(time.toMillis());
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

    /** Alone in the phase that stops first, before the web server's graceful shutdown. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
