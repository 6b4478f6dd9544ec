package kr.hhplus.commerce.kernel.ids;

import java.time.Clock;
import java.time.Instant;

/**
 * Makes ids that sort by time and never repeat: 41 bits of milliseconds since 2025, 10 of the instance's number, 12 of
 * a counter. A clock that steps back, or a full counter, borrows from the future.
 */
public final class Ids {

    private static final long EPOCH_MILLIS =
            Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final int INSTANCE_BITS = 10;
    private static final int COUNTER_BITS = 12;

    private final Clock clock;
    private final long instance;
    private long last;

    /** @param instance this process's number, given out by the database at start; its low 10 bits count */
    public Ids(Clock clock, long instance) {
        this.clock = clock;
        this.instance = instance & ((1 << INSTANCE_BITS) - 1);
    }

    /** The next id: positive, larger than every id this instance has made before. */
    public synchronized long next() {
        long now = (clock.millis() - EPOCH_MILLIS) << COUNTER_BITS;
        last = Math.max(now, last + 1);
        long millis = last >> COUNTER_BITS;
        long counter = last & ((1 << COUNTER_BITS) - 1);
        return (millis << (INSTANCE_BITS + COUNTER_BITS)) | (instance << COUNTER_BITS) | counter;
    }

    /** When an id was made, to the millisecond; no earlier than it was. */
    public static Instant timeOf(long id) {
        return Instant.ofEpochMilli(EPOCH_MILLIS + (id >> (INSTANCE_BITS + COUNTER_BITS)));
    }

    /** The smallest id that can be made at this time or later; 0 before all ids, and the largest number after. */
    public static long firstOf(Instant time) {
        long millis = Math.max(0, time.toEpochMilli() - EPOCH_MILLIS);
        return millis > Long.MAX_VALUE >> (INSTANCE_BITS + COUNTER_BITS)
                ? Long.MAX_VALUE
                : millis << (INSTANCE_BITS + COUNTER_BITS);
    }
}
