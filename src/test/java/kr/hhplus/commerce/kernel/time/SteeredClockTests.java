package kr.hhplus.commerce.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.time.InstallationClock.Correction;
import kr.hhplus.commerce.kernel.time.InstallationClock.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the installation's clock makes of a reference that is right, wrong, slow to answer, set or failed over. */
class SteeredClockTests {

    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");
    private static final Duration TICK = Duration.ofSeconds(2);
    private static final int SEEDS = 300;

    /** The monotonic clock and the reference; both stand still unless a test moves them. */
    private final AtomicLong nanos = new AtomicLong(-4_000_000_000L);

    private Instant reference = NOON;
    private InstallationClock clock = start(Optional.empty(), false);

    private InstallationClock start(Optional<Instant> newestStored, boolean embedded) {
        return InstallationClock.start(nanos::get, measurement(Duration.ZERO), newestStored, embedded);
    }

    private Measurement measurement(Duration roundTrip) {
        long half = roundTrip.toNanos() / 2;
        return Measurement.of(nanos.get() - half, reference, nanos.get() + half);
    }

    private Correction measure() {
        return clock.correct(measurement(Duration.ZERO));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        reference = reference.plus(time);
    }

    private Duration behindReference() {
        return Duration.between(clock.instant(), reference);
    }

    /** Time passes and is measured every two seconds. */
    private void passMeasured(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            pass(TICK);
            measure();
        }
    }

    @Test
    void runsWithTheMonotonicClockInWholeMilliseconds() {
        assertThat(clock.instant()).isEqualTo(NOON);
        nanos.addAndGet(1_999_999);
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1));
        assertThat(clock.millis()).isEqualTo(NOON.toEpochMilli() + 1);
        nanos.addAndGet(1);
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(2));
    }

    @ParameterizedTest
    @CsvSource({
        // the reference jumps by, the first measurement leads to, the second to
        "PT0S,          NONE,        NONE",
        "PT0.5S,        SLEWED,      SLEWED",
        "PT1S,          SLEWED,      SLEWED",
        "PT1.001S,      UNCONFIRMED, STEPPED",
        "PT48H,         UNCONFIRMED, STEPPED",
        "PT-0.5S,       HELD,        NONE",
        "PT-1S,         HELD,        NONE",
        "PT-1.001S,     UNCONFIRMED, HELD",
        "PT-10S,        UNCONFIRMED, HELD",
        "PT-10.001S,    UNCONFIRMED, SLEWED",
        "PT-48H,        UNCONFIRMED, SLEWED",
    })
    void isCorrectedByHowFarTheReferenceIsAway(Duration jump, Correction first, Correction second) {
        reference = reference.plus(jump);
        assertThat(measure()).isEqualTo(first);
        pass(Duration.ofMillis(1));
        assertThat(measure()).isEqualTo(second);
    }

    @Test
    void catchesUpTenPercentFasterAndThenRunsOn() {
        reference = reference.plusMillis(500);
        measure();
        pass(Duration.ofSeconds(1));
        assertThat(behindReference()).isEqualTo(Duration.ofMillis(400));
        pass(Duration.ofSeconds(4));
        assertThat(behindReference()).isZero();
        pass(Duration.ofHours(1));
        assertThat(behindReference()).isZero();
    }

    @Test
    void standsStillWhileTheReferenceIsALittleBehind() {
        reference = reference.minusSeconds(5);
        clock.instant();
        measure();
        measure();
        pass(Duration.ofMillis(4_999));
        assertThat(clock.instant()).isEqualTo(NOON);
        pass(Duration.ofMillis(2));
        assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1));
    }

    @Test
    void stepsOnceWhenTheMachineHasSlept() {
        reference = reference.plus(Duration.ofHours(8));
        assertThat(measure()).isEqualTo(Correction.UNCONFIRMED);
        assertThat(behindReference()).isEqualTo(Duration.ofHours(8));
        pass(TICK);
        assertThat(measure()).isEqualTo(Correction.STEPPED);
        assertThat(behindReference()).isZero();
        pass(TICK);
        assertThat(measure()).isEqualTo(Correction.NONE);
    }

    @Test
    void ignoresASingleMeasurementThatIsFarOff() {
        reference = reference.plus(Duration.ofDays(2));
        assertThat(measure()).isEqualTo(Correction.UNCONFIRMED);
        reference = reference.minus(Duration.ofDays(2));
        assertThat(measure()).isEqualTo(Correction.NONE);
        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.steppedWithin(Duration.ofDays(1))).isFalse();
    }

    @Test
    void ignoresTwoMeasurementsThatDisagree() {
        reference = reference.plusSeconds(60);
        assertThat(measure()).isEqualTo(Correction.UNCONFIRMED);
        reference = reference.plusSeconds(60);
        assertThat(measure()).isEqualTo(Correction.UNCONFIRMED);
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void discardsSlowRoundTripsAndDoesNotCorrectWithinTheUncertaintyOfOthers() {
        reference = reference.plusMillis(40);
        assertThat(clock.correct(measurement(Duration.ofMillis(201)))).isEqualTo(Correction.DISCARDED);
        assertThat(clock.correct(measurement(Duration.ofMillis(80)))).isEqualTo(Correction.NONE);
        assertThat(clock.correct(measurement(Duration.ofMillis(79)))).isEqualTo(Correction.SLEWED);
    }

    @Test
    void startsNoEarlierThanTheNewestRow() {
        clock = start(Optional.of(NOON.plusSeconds(3)), false);
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
        pass(Duration.ofSeconds(3));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3));
        pass(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(4));
    }

    /** A laptop whose battery was flat, or one whose clock was wrong when it wrote its newest row. */
    @Test
    void goesOnFromTheNewestRowAndRunsSlowerWhereThatIsFarAheadOfTheWallClock() {
        Instant newest = NOON.plus(Duration.ofHours(2));
        clock = start(Optional.of(newest), true);
        assertThat(clock.instant()).isEqualTo(newest);
        passMeasured(Duration.ofSeconds(100));
        assertThat(clock.instant()).isBetween(newest.plusSeconds(89), newest.plusSeconds(91));
        passMeasured(Duration.ofHours(21));
        assertThat(behindReference()).isZero();
    }

    @Test
    void doubtsAnEmbeddedShopsClockThatIsFarAheadOfTheNewestRow() {
        Duration retention = Duration.ofHours(48);
        assertThat(start(Optional.of(NOON.minus(Duration.ofHours(1))), true).steppedWithin(retention))
                .isFalse();
        clock = start(Optional.of(NOON.minus(Duration.ofMinutes(61))), true);
        assertThat(clock.instant()).isEqualTo(NOON);
        pass(Duration.ofHours(47));
        assertThat(clock.steppedWithin(retention)).isTrue();
        pass(Duration.ofHours(1));
        assertThat(clock.steppedWithin(retention)).isFalse();
    }

    @Test
    void doesNotDoubtADatabaseThatWasNotUsed() {
        clock = start(Optional.of(NOON.minus(Duration.ofDays(9))), false);
        assertThat(clock.steppedWithin(Duration.ofHours(48))).isFalse();
        assertThat(start(Optional.empty(), true).steppedWithin(Duration.ofHours(48)))
                .isFalse();
    }

    /** To a server whose clock is wrong: time never goes back and never stands still for long; alarms do the rest. */
    @ParameterizedTest
    @ValueSource(strings = {"PT11S", "PT30M", "P2D"})
    void goesOnTenPercentSlowerAfterAFailoverToAClockThatIsBehind(Duration behind) {
        reference = reference.minus(behind);
        measure();
        pass(TICK);
        measure();
        Instant before = clock.instant();
        pass(Duration.ofSeconds(1));
        assertThat(clock.instant()).isEqualTo(before.plusMillis(900));
        assertThat(clock.steppedWithin(Duration.ofDays(1))).isFalse();
    }

    @Test
    void followsADatabaseWhoseClockIsPutRightAgain() {
        reference = reference.minus(Duration.ofDays(2));
        passMeasured(Duration.ofMinutes(1));
        reference = reference.plus(Duration.ofDays(2));
        passMeasured(Duration.ofSeconds(4));
        assertThat(behindReference()).isZero();
    }

    /** Three instances that were started at different times agree while the reference jumps about. */
    @Test
    void agreesWithTheClocksOfOtherInstances() {
        List<InstallationClock> instances = new ArrayList<>();
        Random random = new Random(2026);
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofMillis(random.nextInt(10_000)));
            instances.add(start(Optional.of(NOON), false));
        }
        for (Duration jump : List.of(Duration.ofMillis(700), Duration.ofSeconds(-5), Duration.ofMinutes(3))) {
            reference = reference.plus(jump);
            for (int tick = 0; tick < 10; tick++) {
                pass(TICK);
                instances.forEach(each -> each.correct(measurement(Duration.ZERO)));
            }
            assertThat(instances.stream().map(Clock::instant).distinct()).hasSize(1);
        }
    }

    /** Whatever the reference does: time never goes back, runs at most 10 % fast but for one step for each jump. */
    @Test
    void neverGoesBackNorRunsAwayWhateverTheReferenceDoes() {
        for (int seed = 0; seed < SEEDS; seed++) {
            new RandomReference(new Random(seed), "seed " + seed).run();
        }
    }

    private final class RandomReference {

        private final Random random;
        private final String seed;
        private int jumpsAhead;
        private int steps;

        private RandomReference(Random random, String seed) {
            this.random = random;
            this.seed = seed;
            reference = NOON;
            clock = start(Optional.of(NOON.plusMillis(random.nextInt(40_000) - 20_000)), random.nextBoolean());
        }

        private void run() {
            for (int i = 0; i < 200; i++) {
                jumpSometimes();
                Correction correction = Correction.NONE;
                Instant before = clock.instant();
                long elapsed = random.nextInt(3_000_000) * 1_000L;
                pass(Duration.ofNanos(elapsed));
                if (random.nextInt(3) > 0) {
                    correction = clock.correct(measurement(Duration.ofMillis(random.nextInt(250))));
                }
                long moved = Duration.between(before, clock.instant()).toNanos();
                assertThat(moved).as(seed + ": time goes back").isNotNegative();
                if (correction == Correction.STEPPED) {
                    steps++;
                } else {
                    assertThat(moved).as(seed + ": time runs away").isLessThanOrEqualTo(elapsed / 10 * 11 + 1_000_000);
                }
            }
            assertThat(steps).as(seed + ": steps").isLessThanOrEqualTo(jumpsAhead);
            settles();
        }

        private void jumpSometimes() {
            if (random.nextInt(20) == 0) {
                int millis = (int) Math.pow(10, 1 + random.nextInt(4)) * (random.nextInt(19) - 9);
                jumpsAhead += millis == 0 ? 0 : 1;
                reference = reference.plusMillis(millis);
            }
        }

        private void settles() {
            passMeasured(Duration.ofHours(4));
            assertThat(behindReference().abs()).as(seed + ": does not settle").isLessThan(Duration.ofMillis(2));
        }
    }

    /** Corrections come while other threads read: what one has seen none reads below afterwards. */
    @Test
    void goesBackForNoThreadWhileItIsCorrected() {
        InstallationClock shared = InstallationClock.start(
                System::nanoTime, Measurement.of(System.nanoTime(), NOON, System.nanoTime()), Optional.empty(), false);
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong seen = new AtomicLong();
        List<CompletableFuture<Long>> readers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> {
                    long back = 0;
                    while (!done.get()) {
                        long before = seen.get();
                        long now = shared.millis();
                        back += now < before ? 1 : 0;
                        seen.accumulateAndGet(now, Math::max);
                    }
                    return back;
                }))
                .limit(3)
                .toList();
        long begun = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            long now = System.nanoTime();
            Instant shown = NOON.plusNanos(now - begun).plusMillis(i % 2 == 0 ? 900 : -900);
            shared.correct(Measurement.of(now, shown, now));
        }
        done.set(true);
        assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isZero());
    }

    @Test
    void letsAPurgeGoByTheSlowestOfThreeClocks() {
        Duration retention = Duration.ofHours(48);
        for (Duration wrong : List.of(Duration.ofDays(-2), Duration.ZERO, Duration.ofDays(2))) {
            MachineTime machine = new MachineTime(nanos::get, new MovingClock(() -> NOON.plus(wrong)));
            Instant slowest = wrong.isNegative() ? NOON.plus(wrong) : NOON;
            assertThat(new PurgeCutoff(clock, machine).of(retention)).contains(slowest.minus(retention));
        }
        reference = reference.minus(Duration.ofDays(2));
        measure();
        assertThat(new PurgeCutoff(clock, new MachineTime(nanos::get, new MovingClock(() -> NOON))).of(retention))
                .as("by a database whose clock went back")
                .contains(reference.minus(retention));
    }

    @Test
    void letsNoPurgeGoForAWholeRetentionAfterAStep() {
        PurgeCutoff cutoff = new PurgeCutoff(clock, new MachineTime(nanos::get, new MovingClock(() -> reference)));
        reference = reference.plus(Duration.ofDays(2));
        measure();
        assertThat(cutoff.of(Duration.ofHours(48))).contains(NOON.minus(Duration.ofHours(48)));
        measure();
        assertThat(cutoff.of(Duration.ofHours(48))).isEmpty();
        pass(Duration.ofHours(24));
        assertThat(cutoff.of(Duration.ofHours(48))).isEmpty();
        assertThat(cutoff.of(Duration.ofHours(24))).contains(reference.minus(Duration.ofHours(24)));
        pass(Duration.ofHours(24));
        assertThat(cutoff.of(Duration.ofHours(48))).contains(reference.minus(Duration.ofHours(48)));
    }
}
