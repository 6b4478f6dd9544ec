package kr.hhplus.commerce.security.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.TimeUnit;

/** What became of one token: whether there was one, and what its bucket tells the client. */
record RateLimitDecision(Rate rate, ConsumptionProbe probe) {

    private static final long WAIT_SECONDS_MAX = 3600;

    boolean allowed() {
        return probe.isConsumed();
    }

    /** The bucket's size, what is left in it, and the seconds until it is full. */
    void tell(HttpServletResponse response) {
        response.setHeader("RateLimit-Limit", Long.toString(rate.burst()));
        response.setHeader("RateLimit-Remaining", Long.toString(probe.getRemainingTokens()));
        response.setHeader("RateLimit-Reset", Long.toString(seconds(probe.getNanosToWaitForReset())));
    }

    /** Says when there will be a token again. */
    RateLimitExceeded refusal() {
        return new RateLimitExceeded(Math.max(1, Math.min(WAIT_SECONDS_MAX, seconds(probe.getNanosToWaitForRefill()))));
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1);
    }
}
