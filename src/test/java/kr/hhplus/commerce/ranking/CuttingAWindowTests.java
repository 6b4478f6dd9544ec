package kr.hhplus.commerce.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kr.hhplus.commerce.testkit.Seeded;
import org.junit.jupiter.api.Test;

class CuttingAWindowTests {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    private static final long DAY_MILLIS = 86_400_000;

    @Test
    void coversEveryMinuteOnceWithFewSums() {
        Seeded.check(
                500,
                random -> assertCoversEveryMinuteOnceWithFewSums(
                        millis(random, 0, DAY_MILLIS), millis(random, 1, 30 * DAY_MILLIS)));
    }

    /** Now and then a bound, a whole minute, hour or day, or one off it. */
    private static long millis(Random random, long min, long max) {
        long any = random.nextLong(min, max + 1);
        long unit = Seeded.oneOf(random, 1L, 60_000L, 3_600_000L, DAY_MILLIS, max);
        long edge = any / unit * unit + random.nextInt(-1, 2);
        return random.nextBoolean() ? any : Math.max(min, Math.min(max, edge));
    }

    private static void assertCoversEveryMinuteOnceWithFewSums(long now, long range) {
        Instant to = MIDNIGHT.plusMillis(now);
        SalesWindow window = SalesWindow.endingAt(to, Duration.ofMillis(range));
        List<WindowSplitter.Part> parts = new ArrayList<>(WindowSplitter.split(window));
        assertThat(sums(parts)).isLessThanOrEqualTo(194);
        Instant reached = window.from();
        for (WindowSplitter.Part part : parts) {
            assertThat(part.from()).isEqualTo(reached).isEqualTo(part.width().floor(part.from()));
            assertThat(part.end()).isAfter(part.from()).isEqualTo(part.width().floor(part.end()));
            reached = part.end();
        }
        assertThat(reached).isEqualTo(window.end());
        assertThat(window.end()).isAfter(to).isBeforeOrEqualTo(to.plusSeconds(60));
        Instant asked = to.minusMillis(range);
        assertThat(window.from()).isBeforeOrEqualTo(asked).isAfter(asked.minusSeconds(60));
    }

    @Test
    void cutsThirtyDaysIntoWholeOnesAndTheirEdges() {
        Instant now = Instant.parse("2026-03-31T10:20:30.400Z");
        assertThat(WindowSplitter.split(SalesWindow.endingAt(now, Duration.ofDays(30))))
                .containsExactly(
                        part(BucketWidth.MINUTE, "2026-03-01T10:20:00Z", "2026-03-01T11:00:00Z"),
                        part(BucketWidth.HOUR, "2026-03-01T11:00:00Z", "2026-03-02T00:00:00Z"),
                        part(BucketWidth.DAY, "2026-03-02T00:00:00Z", "2026-03-31T00:00:00Z"),
                        part(BucketWidth.HOUR, "2026-03-31T00:00:00Z", "2026-03-31T10:00:00Z"),
                        part(BucketWidth.MINUTE, "2026-03-31T10:00:00Z", "2026-03-31T10:21:00Z"));
    }

    @Test
    void needsOnlyMinutesWithinAnHour() {
        Instant now = Instant.parse("2026-03-31T10:20:00Z");
        assertThat(WindowSplitter.split(SalesWindow.endingAt(now, Duration.ofMinutes(5))))
                .containsExactly(part(BucketWidth.MINUTE, "2026-03-31T10:15:00Z", "2026-03-31T10:21:00Z"));
    }

    private static WindowSplitter.Part part(BucketWidth width, String from, String end) {
        return new WindowSplitter.Part(width, Instant.parse(from), Instant.parse(end));
    }

    private static long sums(List<WindowSplitter.Part> parts) {
        return parts.stream()
                .mapToLong(part -> switch (part.width()) {
                    case MINUTE -> ChronoUnit.MINUTES.between(part.from(), part.end());
                    case HOUR -> ChronoUnit.HOURS.between(part.from(), part.end());
                    case DAY -> ChronoUnit.DAYS.between(part.from(), part.end());
                })
                .sum();
    }
}
