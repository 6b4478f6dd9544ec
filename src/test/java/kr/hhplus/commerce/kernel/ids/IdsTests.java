package kr.hhplus.commerce.kernel.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ids drawn faster than the clock ticks, and from a clock that misbehaves. */
class IdsTests {

    private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");

    private final SettableClock clock = new SettableClock();

    @Test
    void riseWithTime() {
        Ids ids = new Ids(clock, 1);
        long before = ids.next();
        clock.now = NOW.plusMillis(1);
        assertThat(ids.next()).isGreaterThan(before).isPositive();
    }

    @Test
    void riseWithinAMillisecondAndBeyondItsCounter() {
        Ids ids = new Ids(clock, 1);
        long[] drawn = LongStream.generate(ids::next).limit(10_000).toArray();
        assertThat(drawn).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void riseWhenTheClockStepsBack() {
        Ids ids = new Ids(clock, 1);
        long before = ids.next();
        clock.now = NOW.minusSeconds(3_600);
        assertThat(ids.next()).isGreaterThan(before);
    }

    @Test
    void differBetweenInstancesInTheSameMillisecond() {
        Ids here = new Ids(clock, 1);
        Ids there = new Ids(clock, 2);
        Set<Long> drawn = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 5_000).forEach(i -> {
            drawn.add(here.next());
            drawn.add(there.next());
        });
        assertThat(drawn).hasSize(10_000);
    }

    @Test
    void stayPositiveForDecades() {
        clock.now = Instant.parse("2090-01-01T00:00:00Z");
        assertThat(new Ids(clock, 1_023).next()).isPositive();
    }

    @Test
    void areNeverDrawnTwiceByManyThreads() {
        Ids ids = new Ids(clock, 1);
        Set<Long> drawn = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 50_000).parallel().forEach(i -> drawn.add(ids.next()));
        assertThat(drawn).hasSize(50_000);
    }

    private static final class SettableClock extends Clock {
        private volatile Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
