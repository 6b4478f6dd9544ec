package kr.hhplus.commerce.security.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeUnit;

/** The result of taking one token from a bucket. */
record RateLimitDecision(Rate rate, ConsumptionProbe probe) {

    private static final long WAIT_SECONDS_MAX = 3600;

    boolean allowed() {
        return probe.isConsumed();
    }

    /** Sets RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset (seconds until the bucket is full). */
    void writeHeaders(HttpServletResponse response) {
        response.setHeader("RateLimit-Limit", Long.toString(rate.burst()));
        response.setHeader("RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        response.setHeader("RateLimit-Reset", Long.toString(seconds(probe.getNanosToWaitForReset())));
    }

    /** The refusal, with the seconds until the next token. */
    RateLimitExceeded refusal() {
        return new RateLimitExceeded(Math.max(1, Math.min(WAIT_SECONDS_MAX, seconds(probe.getNanosToWaitForRefill()))));
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }
}
