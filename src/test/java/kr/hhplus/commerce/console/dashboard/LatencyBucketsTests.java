package kr.hhplus.commerce.console.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LatencyBucketsTests {

    private static LatencyBuckets buckets(double upTo1, double upTo10, double upTo100) {
        return new LatencyBuckets(new TreeMap<>(Map.of(1.0, upTo1, 10.0, upTo10, 100.0, upTo100)));
    }

    @Test
    void tellThePercentilesOfWhatCameBetweenTwoInstants() {
        LatencyBuckets before = buckets(1000, 1000, 1000);
        LatencyBuckets after = buckets(1000, 1090, 1100);
        assertThat(after.percentileSince(before, 0.5)).isEqualTo(1 + 9 * 50.0 / 90);
        assertThat(after.percentileSince(before, 0.99)).isEqualTo(10 + 90 * 9.0 / 10);
    }

    @Test
    void tellNothingWhereNobodyCame() {
        assertThat(buckets(5, 5, 5).percentileSince(buckets(5, 5, 5), 0.5)).isNull();
        assertThat(LatencyBuckets.NONE.percentileSince(LatencyBuckets.NONE, 0.5))
                .isNull();
    }

    @Test
    void takeABucketThatWasNotThereBeforeForEmpty() {
        assertThat(buckets(0, 2, 2).percentileSince(LatencyBuckets.NONE, 1)).isEqualTo(10);
    }

    @Test
    void addUpOverTheDoorsThatOrdersComeThrough() {
        assertThat(buckets(1, 2, 3).plus(LatencyBuckets.NONE).plus(buckets(1, 1, 1)))
                .isEqualTo(buckets(2, 3, 4));
    }
}
