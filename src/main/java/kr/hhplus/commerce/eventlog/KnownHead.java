package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/**
 * The newest event that this process knows to be on disk. A database that no longer has it went back in time. Events
 * that were only visible do not count: a crash of the database may take them back.
 */
@Component
public class KnownHead {

    private static final Known NOTHING = new Known(0, 0, Instant.EPOCH);

    private final AtomicReference<Known> newest = new AtomicReference<>(NOTHING);
    private volatile boolean rewound;

    /** @param id see {@link EventIds}; 0 where this process has not seen any event yet */
    record Known(long id, long orderId, Instant occurredAt) {

        long position() {
            return EventIds.positionOf(id);
        }
    }

    /** An event is on disk. */
    void onDisk(long id, long orderId, Instant occurredAt) {
        Known known = new Known(id, orderId, occurredAt);
        newest.accumulateAndGet(known, (before, now) -> now.id() > before.id() ? now : before);
    }

    /** Must be read before the database is asked, because the log may grow meanwhile. */
    Known newest() {
        return newest.get();
    }

    /** Whether the log is known, or suspected, to have gone back in time: nothing may be appended or handed out. */
    public boolean isRewound() {
        return rewound;
    }

    void rewound(boolean now) {
        rewound = now;
    }

    /** @throws EventLogRewoundException see {@link #isRewound} */
    public void requireIntact() {
        if (rewound) {
            throw new EventLogRewoundException();
        }
    }
}
