package kr.hhplus.commerce.web.sse;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one publisher. The publisher is refreshed while it has at least one connection. */
final class SseTopic {

    private static final Logger log = LoggerFactory.getLogger(SseTopic.class);

    private final SsePublisher publisher;
    private final ScheduledExecutorService scheduler;
    private final Set<SseConnection> connections = ConcurrentHashMap.newKeySet();
    private ScheduledFuture<?> refreshTask;
    private boolean failing;

    SseTopic(SsePublisher publisher, ScheduledExecutorService scheduler) {
        this.publisher = publisher;
        this.scheduler = scheduler;
    }

    synchronized void join(SseConnection connection) {
        connections.add(connection);
        if (refreshTask == null && !scheduler.isShutdown()) {
            long period = publisher.period().toNanos();
            refreshTask = scheduler.scheduleWithFixedDelay(this::refresh, period, period, TimeUnit.NANOSECONDS);
        }
    }

    synchronized void leave(SseConnection connection) {
        connections.remove(connection);
        if (connections.isEmpty() && refreshTask != null) {
            refreshTask.cancel(false);
            refreshTask = null;
        }
    }

    private void refresh() {
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
