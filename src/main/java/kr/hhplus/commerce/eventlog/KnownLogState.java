package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/**
 * What this process knows of the event log without a query: its newest durable event, and whether the database went
 * back in time. A database without the newest durable event went back in time. Events that were only visible do not
 * count, because a crash of the database can take them back.
 */
@Component
public class KnownLogState {

    private static final Event NONE = new Event(0, 0, Instant.EPOCH);

    private final AtomicReference<Event> newest = new AtomicReference<>(NONE);
    private volatile boolean rewound;

    /**
     * An event of the log.
     *
     * @param id see {@link EventIds}; 0 if this process has not seen an event yet
     */
    record Event(long id, long orderId, Instant occurredAt) {

        long position() {
            return EventIds.positionOf(id);
        }
    }

    /** Records an event that is on disk. An older one than the newest changes nothing. */
    void recordDurable(long id, long orderId, Instant occurredAt) {
        Event event = new Event(id, orderId, occurredAt);
        newest.accumulateAndGet(event, (before, now) -> now.id() > before.id() ? now : before);
    }

    /** Returns the newest event. Must be called before the database is queried, because the log may grow meanwhile. */
    Event newest() {
        return newest.get();
    }

    /** Whether the log is known or suspected to have gone back in time, so that no event may be appended or read. */
    public boolean isRewound() {
        return rewound;
    }

    void rewound(boolean now) {
        rewound = now;
    }

    /**
     * Checks that the log has not gone back in time.
     *
     * @throws EventLogRewoundException if {@link #isRewound}
     */
    public void requireIntact() {
        if (rewound) {
            throw new EventLogRewoundException();
        }
    }
}
