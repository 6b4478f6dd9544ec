package kr.hhplus.commerce.ranking;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Takes away sums that no window reaches any more, hourly and in small steps, so that counting never waits long. */
@Component
class OldSales {

    static final Duration KEPT = RangeRules.MAX.plusDays(1);

    private final SalesBuckets buckets;
    private final Clock clock;

    OldSales(SalesBuckets buckets, Clock clock) {
        this.buckets = buckets;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1H")
    void prune() {
        Instant before = clock.instant().minus(KEPT);
        for (Span span : Span.values()) {
            boolean more = true;
            while (more) {
                more = buckets.prune(span, before);
            }
        }
    }
}
