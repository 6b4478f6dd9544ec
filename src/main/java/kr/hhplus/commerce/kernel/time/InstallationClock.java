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
 * One clock for the whole installation, in whole milliseconds: the monotonic clock of this machine, steered towards a
 * reference clock that all instances share, the database's. It never goes back.
 *
 * <p>The reference is measured every few seconds. Where it is ahead by up to {@link #SLEW_MAX}, this clock runs 10 %
 * faster until it has caught up; by more, it steps forward once. Where the reference is behind by up to
 * {@link #HOLD_MAX}, this clock stands still until the reference has caught up; by more, it runs 10 % slower, because a
 * shop whose time stands still for long neither opens a sale nor refills a rate limit. A difference of more than
 * {@link #SLEW_MAX} counts only when two measurements in a row agree on it (docs/decisions/023).
 *
 * <p>Reading takes no lock: a straight line over the monotonic clock, and the newest millisecond given out so far,
 * below which no thread reads whatever corrections do to the line.
 */
final class InstallationClock extends Clock {

    static final Duration SLEW_MAX = Duration.ofSeconds(1);
    static final Duration HOLD_MAX = Duration.ofSeconds(10);

    /** How far two measurements of one difference may be apart, beside what is uncertain about each. */
    static final Duration AGREEMENT = Duration.ofMillis(250);

    /** A measurement that is less certain, because its round trip was slow, is discarded. */
    static final Duration UNCERTAINTY_MAX = Duration.ofMillis(100);

    /**
     * How much later than its newest row an embedded shop may start without its clock being doubted. There the wall
     * clock is the only reference.
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
     * What the reference clock showed.
     *
     * @param nanos when, by the monotonic clock: the middle of the round trip
     * @param timeNanos the reference's time, since 1970
     * @param uncertaintyNanos by how much that may be wrong: half the round trip
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

    /** What became of a measurement. */
    enum Correction {
        DISCARDED,
        NONE,
        UNCONFIRMED,
        SLEWED,
        HELD,
        STEPPED
    }

    /** Time as a function of the monotonic clock; until {@code slew} is made up it runs 10 % faster or slower. */
    private record Line(long nanos, long timeNanos, long slew) {

        private long at(long now) {
            long elapsed = now - nanos;
            long made = Math.min(elapsed / SLEW_DIVISOR, Math.abs(slew));
            return timeNanos + elapsed + (slew < 0 ? -made : made);
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
     * Starts at what the reference shows, and never below the newest time that is stored: what has been written before
     * stays older than what is written from now on.
     *
     * @param embedded whether the reference is the wall clock of this machine, which nothing else confirms. Where it is
     *     far ahead of the newest row, the shop was closed or the clock is wrong; that counts as a step
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

    /** Takes a measurement into account; called by one thread. */
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

    /** What the reference shows now, as of the last measurement. */
    Instant reference() {
        return Instant.ofEpochMilli(Math.floorDiv(last.timeNanosAt(nanoTime.getAsLong()), NANOS_PER_MILLI));
    }

    /** Whether this clock has stepped forward, or started in doubt, less than so long ago. */
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
