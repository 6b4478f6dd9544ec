package kr.hhplus.commerce.kernel.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The clock of the whole installation, in whole milliseconds: the monotonic clock of this machine, synchronized with a
 * reference clock that all instances share, the database's. It never goes back.
 *
 * <p>The reference is measured every few seconds. If it is ahead by up to {@link #SLEW_MAX}, this clock runs 10 %
 * faster until it has caught up; if by more, this clock steps forward once. If the reference is behind by up to
 * {@link #HOLD_MAX}, this clock stands still until the reference has caught up; if by more, this clock runs 10 %
 * slower, because a shop whose time stands still for long neither opens a sale nor refills a rate limit. A difference
 * of more than {@link #SLEW_MAX} counts only if two consecutive measurements agree on it (docs/decisions/023).
 *
 * <p>Reading takes no lock. The time is a linear function of the monotonic clock, bounded below by the newest
 * millisecond that any thread has read, so that no correction takes it back.
 */
final class InstallationClock extends Clock {

    static final Duration SLEW_MAX = Duration.ofSeconds(1);
    static final Duration HOLD_MAX = Duration.ofSeconds(10);

    /** The maximum difference between two measurements that agree, in addition to their uncertainties. */
    static final Duration AGREEMENT = Duration.ofMillis(250);

    /** The maximum uncertainty. A measurement with a slower round trip is discarded. */
    static final Duration UNCERTAINTY_MAX = Duration.ofMillis(100);

    /**
     * How much later than its newest row an embedded shop can start without doubt about its clock. There the wall clock
     * is the only reference.
     */
    static final Duration CLOSED_MAX = Duration.ofHours(1);

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int SLEW_DIVISOR = 10;

    private final LongSupplier nanoTime;
    private final AtomicLong newestMillis;
    private volatile Line line;
    private volatile Measurement last;
    private volatile OptionalLong steppedNanos = OptionalLong.empty();

    /**
     * A measurement of the reference clock.
     *
     * @param nanos the time of the measurement by the monotonic clock: the middle of the round trip
     * @param timeNanos the reference's time since 1970
     * @param uncertaintyNanos the maximum error: half the round trip
     */
    record Measurement(long nanos, long timeNanos, long uncertaintyNanos) {

        static Measurement of(long before, Instant shown, long after) {
            long half = (after - before) / 2;
            return new Measurement(before + half, nanosOf(shown), half);
        }

        private long timeNanosAt(long now) {
            return timeNanos + (now - nanos);
        }
    }

    /** The effect of a measurement. */
    enum Correction {
        DISCARDED,
        NONE,
        UNCONFIRMED,
        SLEWED,
        HELD,
        STEPPED
    }

    /** Time as a function of the monotonic clock. It runs 10 % faster or slower until {@code slew} is compensated. */
    private record Line(long nanos, long timeNanos, long slew) {

        private long at(long now) {
            long elapsed = now - nanos;
            long compensated = Math.min(elapsed / SLEW_DIVISOR, Math.abs(slew));
            return timeNanos + elapsed + (slew < 0 ? -compensated : compensated);
        }
    }

    private InstallationClock(LongSupplier nanoTime, Measurement first, Instant atLeast, long behindNanos) {
        this.nanoTime = nanoTime;
        this.last = first;
        this.newestMillis = new AtomicLong(atLeast.toEpochMilli());
        this.line = behindNanos > HOLD_MAX.toNanos()
                ? new Line(first.nanos(), nanosOf(atLeast), -behindNanos)
                : new Line(first.nanos(), first.timeNanos(), 0);
    }

    /**
     * Starts at the reference's time, but not below the newest stored time, so that new rows are never older than
     * existing rows.
     *
     * @param embedded whether the reference is this machine's wall clock, which no other clock confirms. If it is far
     *     ahead of the newest row, the shop was closed or the clock is wrong. That counts as a step.
     */
    static InstallationClock start(
            LongSupplier nanoTime, Measurement first, Optional<Instant> newestStored, boolean embedded) {
        Instant atLeast = newestStored.orElse(Instant.EPOCH);
        long behindNanos = newestStored.isPresent() ? nanosOf(atLeast) - first.timeNanos() : 0;
        InstallationClock clock = new InstallationClock(nanoTime, first, atLeast, behindNanos);
        if (embedded && -behindNanos > CLOSED_MAX.toNanos()) {
            clock.steppedNanos = OptionalLong.of(first.nanos());
        }
        return clock;
    }

    private static long nanosOf(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    /** Applies a measurement. Called by one thread. */
    Correction correct(Measurement measured) {
        if (measured.uncertaintyNanos() > UNCERTAINTY_MAX.toNanos()) {
            return Correction.DISCARDED;
        }
        boolean confirmed = agree(last, measured);
        last = measured;
        long time = line.at(measured.nanos());
        long ahead = measured.timeNanos() - time;
        if (Math.abs(ahead) <= measured.uncertaintyNanos()) {
            return Correction.NONE;
        }
        if (Math.abs(ahead) > SLEW_MAX.toNanos() && !confirmed) {
            return Correction.UNCONFIRMED;
        }
        if (ahead > SLEW_MAX.toNanos()) {
            steppedNanos = OptionalLong.of(nanoTime.getAsLong());
            line = new Line(measured.nanos(), measured.timeNanos(), 0);
            return Correction.STEPPED;
        }
        if (ahead < 0 && -ahead <= HOLD_MAX.toNanos()) {
            line = new Line(measured.nanos(), measured.timeNanos(), 0);
            return Correction.HELD;
        }
        line = new Line(measured.nanos(), time, ahead);
        return Correction.SLEWED;
    }

    private static boolean agree(Measurement one, Measurement other) {
        long apart = other.timeNanos() - one.timeNanosAt(other.nanos());
        return Math.abs(apart) <= AGREEMENT.toNanos() + one.uncertaintyNanos() + other.uncertaintyNanos();
    }

    @Override
    public long millis() {
        long now = Math.floorDiv(line.at(nanoTime.getAsLong()), NANOS_PER_MILLI);
        long newest = newestMillis.get();
        while (now > newest) {
            if (newestMillis.compareAndSet(newest, now)) {
                return now;
            }
            newest = newestMillis.get();
        }
        return newest;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    /** Returns the reference's current time, extrapolated from the last measurement. */
    Instant reference() {
        return Instant.ofEpochMilli(Math.floorDiv(last.timeNanosAt(nanoTime.getAsLong()), NANOS_PER_MILLI));
    }

    /** Whether this clock has stepped forward, or has started in doubt, less than this duration ago. */
    boolean steppedWithin(Duration time) {
        OptionalLong stepped = steppedNanos;
        return stepped.isPresent() && nanoTime.getAsLong() - stepped.getAsLong() < time.toNanos();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the installation's time is UTC");
    }
}
