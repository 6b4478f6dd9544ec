package kr.hhplus.commerce.web.sse;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who listen to one broadcast. The first to come sets its clock going, the last to leave stops it. */
final class SseTopic {

    private static final Logger log = LoggerFactory.getLogger(SseTopic.class);

    private final SsePublisher broadcast;
    private final ScheduledExecutorService clock;
    private final Set<SseConnection> connections = ConcurrentHashMap.newKeySet();
    private ScheduledFuture<?> ticking;
    private boolean failing;

    SseTopic(SsePublisher broadcast, ScheduledExecutorService clock) {
        this.broadcast = broadcast;
        this.clock = clock;
    }

    synchronized void join(SseConnection connection) {
        connections.add(connection);
        if (ticking == null && !clock.isShutdown()) {
            long period = broadcast.period().toNanos();
            ticking = clock.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.NANOSECONDS);
        }
    }

    /** @return whether it was among them */
    synchronized boolean leave(SseConnection connection) {
        boolean was = connections.remove(connection);
        if (connections.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
        return was;
    }

    private void tick() {
        try {
            broadcast.refresh();
            failing = false;
        } catch (RuntimeException e) {
            if (!failing) {
                log.warn("{} cannot be brought up to date; it goes on trying", broadcast, e);
            }
            failing = true;
        }
        connections.forEach(SseConnection::wake);
    }

    void close() {
        connections.forEach(SseConnection::close);
    }
}
