package kr.hhplus.commerce.ranking;

import java.time.Duration;
import java.time.Instant;

/**
 * The sales that a rolling window counts: those paid from the start of one minute to the end of the current minute. A
 * range that starts within a minute includes the whole minute.
 *
 * @param from the start of the first minute
 * @param to the time of the request, whose minute counts
 */
record SalesWindow(Instant from, Instant to) {

    static SalesWindow endingAt(Instant now, Duration range) {
        return new SalesWindow(BucketWidth.MINUTE.floor(now.minus(range)), now);
    }

    /** Returns the end of the current minute. */
    Instant end() {
        return BucketWidth.MINUTE.next(BucketWidth.MINUTE.floor(to));
    }
}
