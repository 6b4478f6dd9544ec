package kr.hhplus.commerce.ranking;

import java.time.Duration;
import java.time.Instant;

/**
 * What a rolling window counts: every sale paid in a whole minute from {@code from} up to and with the minute of
 * {@code to}. A range ends now and begins at the start of the minute in which it would have begun to the second.
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
