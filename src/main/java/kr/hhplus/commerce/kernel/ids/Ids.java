package kr.hhplus.commerce.kernel.ids;

import com.github.f4b6a3.tsid.TsidFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.function.IntSupplier;

/**
 * Generates TSIDs, which sort by time and never repeat: 41 bits of milliseconds since 2025, 10 bits of the instance's
 * number, 12 bits of a counter. If the clock steps back or the counter is full, ids use later milliseconds.
 */
public final class Ids {

    private static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");
    private static final int INSTANCE_BITS = 10;
    private static final int TIME_SHIFT = 22;

    private final TsidFactory factory;

    /**
     * Creates the generator of one instance.
     *
     * @param clock a time before 2025 counts as the start of 2025
     * @param instance the number that the database has assigned to this process; its low 10 bits are used
     */
    public Ids(Clock clock, long instance) {
        IntSupplier counterStart = () -> 0;
        this.factory = TsidFactory.builder()
                .withNodeBits(INSTANCE_BITS)
                .withNode((int) (instance & (1 << INSTANCE_BITS) - 1))
                .withCustomEpoch(EPOCH)
                .withTimeFunction(() -> Math.max(clock.millis(), EPOCH.toEpochMilli()))
                .withRandomFunction(counterStart)
                .build();
    }

    /** Returns the next id: positive, and larger than all earlier ids of this instance. */
    public long next() {
        return factory.create().toLong();
    }

    /** Returns the time of an id, in milliseconds. It is not earlier than the time at which the id was generated. */
    public static Instant timeOf(long id) {
        return EPOCH.plusMillis(id >> TIME_SHIFT);
    }

    /**
     * Returns the smallest id of this time or later; 0 for a time before 2025, {@link Long#MAX_VALUE} for a time after
     * the last id.
     */
    public static long firstOf(Instant time) {
        long millis = Math.max(0, time.toEpochMilli() - EPOCH.toEpochMilli());
        return millis > Long.MAX_VALUE >> TIME_SHIFT ? Long.MAX_VALUE : millis << TIME_SHIFT;
    }
}
