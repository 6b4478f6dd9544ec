package kr.hhplus.commerce.kernel.ids;

import com.github.f4b6a3.tsid.TsidFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.function.IntSupplier;

/**
 * Makes TSIDs, which sort by time and never repeat: 41 bits of milliseconds since 2025, 10 of the instance's number, 12
 * of a counter. A clock that steps back, or a full counter, borrows from the future.
 */
public final class Ids {

    private static final Instant EPOCH = Instant.parse("2025-01-01T00:00:00Z");
    private static final int INSTANCE_BITS = 10;
    private static final int TIME_SHIFT = 22;

    private final TsidFactory factory;

    /**
     * Makes ids for one instance.
     *
     * @param clock a time before 2025 counts as the first moment of 2025
     * @param instance this process's number, given out by the database at start; its low 10 bits count
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

    /** The next id: positive, larger than every id this instance has made before. */
    public long next() {
        return factory.create().toLong();
    }

    /** When an id was made, to the millisecond; no earlier than it was. */
    public static Instant timeOf(long id) {
        return EPOCH.plusMillis(id >> TIME_SHIFT);
    }

    /** The smallest id that can be made at this time or later; 0 before all ids, and the largest number after. */
    public static long firstOf(Instant time) {
        long millis = Math.max(0, time.toEpochMilli() - EPOCH.toEpochMilli());
        return millis > Long.MAX_VALUE >> TIME_SHIFT ? Long.MAX_VALUE : millis << TIME_SHIFT;
    }
}
