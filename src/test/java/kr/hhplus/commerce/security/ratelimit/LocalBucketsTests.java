package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalBucketsTests {

    private long nanos = -1_000;
    private final LocalBuckets buckets = new LocalBuckets(1_000, () -> nanos);

    /** Another implementation of the token bucket, by the same clock. */
    private Bucket bucket4j(Rate rate) {
        return Bucket.builder()
                .addLimit(rate.bandwidth())
                .withCustomTimePrecision(new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return nanos;
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return false;
                    }
                })
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2/s burst 10", "1/m burst 1", "1/h burst 3", "5000/s burst 10000", "10/h burst 10"})
    void decidesAsBucket4j(Rate rate) {
        Random random = new Random(7);
        Bucket expected = bucket4j(rate);
        for (int i = 0; i < 5_000; i++) {
            // Whole microseconds, so that neither rounds.
            nanos += 1_000 * Math.floorMod(random.nextLong(), rate.nanosPerToken() * 2 / 1_000);
            if (random.nextInt(10) == 0) {
                expected.addTokens(1);
                buckets.giveBack("one", rate);
            }
            ConsumptionProbe probe = buckets.take("one", rate);
            assertThat(probe).usingRecursiveComparison().isEqualTo(expected.tryConsumeAndReturnRemaining(1));
        }
    }

    @Test
    void keysDoNotShareABucket() {
        Rate once = Rate.valueOf("1/h burst 1");
        assertThat(IntStream.range(0, 20))
                .allMatch(number -> buckets.take("user " + number, once).isConsumed())
                .noneMatch(number -> buckets.take("user " + number, once).isConsumed());
    }

    @Test
    void theEmptiestBucketStaysWhereManyComeForTheFirstTime() {
        Rate rate = Rate.valueOf("1/h burst 50");
        IntStream.range(0, 50).forEach(number -> buckets.take("abuser", rate));
        IntStream.range(0, 100_000).forEach(number -> buckets.take("user " + number, rate));
        assertThat(buckets.take("abuser", rate).isConsumed()).isFalse();
        assertThat(buckets.size()).isEqualTo(1_024);
        nanos += Duration.ofHours(50).toNanos();
        assertThat(buckets.size()).isZero();
    }

    @Test
    void aTokenOfAnEvictedBucketGoesNowhere() {
        Rate rate = Rate.valueOf("1/h burst 2");
        buckets.giveBack("unknown", rate);
        assertThat(buckets.size()).isZero();
    }
}
