package kr.hhplus.commerce.ranking;

import java.time.Duration;
import java.time.Instant;

/**
 * What a rolling window counts: every sale paid from the start of one minute to the end of the running one. A range
 * that begins within a minute counts all of it.
 *
 * @param from the start of the first minute that counts
 * @param to the instant of asking; its running minute counts
 */
record SalesWindow(Instant from, Instant to) {

    static SalesWindow endingAt(Instant now, Duration range) {
        return new SalesWindow(Span.MINUTE.floor(now.minus(range)), now);
    }

    /** The end of the running minute. */
    Instant end() {
        return Span.MINUTE.next(Span.MINUTE.floor(to));
    }
}
