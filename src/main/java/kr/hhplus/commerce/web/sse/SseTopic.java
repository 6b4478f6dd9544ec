package kr.hhplus.commerce.web.sse;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one publisher. The publisher is refreshed while there is at least one. */
final class SseTopic {

    private static final Logger log = LoggerFactory.getLogger(SseTopic.class);

    private final SsePublisher publisher;
    private final ScheduledExecutorService scheduler;
    private final Set<SseConnection> connections = ConcurrentHashMap.newKeySet();
    private ScheduledFuture<?> ticking;
    private boolean failing;

    SseTopic(SsePublisher publisher, ScheduledExecutorService scheduler) {
        this.publisher = publisher;
        this.scheduler = scheduler;
    }

    synchronized void join(SseConnection connection) {
        connections.add(connection);
        if (ticking == null && !scheduler.isShutdown()) {
            long period = publisher.period().toNanos();
            ticking = scheduler.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.NANOSECONDS);
        }
    }

    synchronized void leave(SseConnection connection) {
        connections.remove(connection);
        if (connections.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    private void tick() {
        try {
            publisher.refresh();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("{} cannot be refreshed, retrying", publisher, e);
            }
            failing = true;
        }
        connections.forEach(SseConnection::wake);
    }

    void close() {
        connections.forEach(SseConnection::close);
    }
}
