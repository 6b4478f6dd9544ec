package kr.hhplus.commerce.ranking;

import java.time.Duration;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes sums that no window reaches any more, hourly and in small steps, so that the aggregator never waits long. */
@Component
class SalesBucketPurger {

    static final Duration RETENTION = RangeRules.MAX.plusDays(1);

    private final SalesBuckets buckets;
    private final PurgeCutoff cutoff;

    SalesBucketPurger(SalesBuckets buckets, PurgeCutoff cutoff) {
        this.buckets = buckets;
        this.cutoff = cutoff;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void purge() {
        cutoff.of(RETENTION).ifPresent(before -> {
            for (BucketWidth width : BucketWidth.values()) {
                boolean more = true;
                while (more) {
                    more = buckets.deleteBefore(width, before);
                }
            }
        });
    }
}
