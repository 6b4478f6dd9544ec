package kr.hhplus.commerce.security.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/**
 * Token buckets of all callers: in Redis if it answers, so that all instances count together, otherwise in this
 * process. The number of buckets is bounded; an evicted bucket starts full again.
 */
final class RateLimiter {

    private final LocalBuckets localBuckets;
    private final Optional<RedisRateLimiter> shared;
    private final Counter refusals;

    /**
     * Creates a limiter.
     *
     * @param limits what is limited, as a tag of the metrics
     */
    RateLimiter(String limits, int keysMax, Optional<RedisRateLimiter> shared, MeterRegistry registry) {
        this.localBuckets = new LocalBuckets(keysMax, System::nanoTime);
        this.shared = shared;
        this.refusals = Counter.builder("commerce.ratelimit.refusals")
                .description("Requests refused by a rate limit")
                .tag("limits", limits)
                .register(registry);
        Gauge.builder("commerce.ratelimit.keys", localBuckets, LocalBuckets::size)
                .description("Callers and addresses whose requests this process counts")
                .tag("limits", limits)
                .register(registry);
    }

    RateLimitDecision take(String key, Rate rate) {
        ConsumptionProbe probe =
                shared.flatMap(redis -> redis.take(key, rate)).orElseGet(() -> localBuckets.take(key, rate));
        if (!probe.isConsumed()) {
            refusals.increment();
        }
        return new RateLimitDecision(rate, probe);
    }

    /** Puts one token back, in Redis or in this process. */
    void giveBack(String key, Rate rate) {
        if (shared.flatMap(redis -> redis.giveBack(key, rate)).isEmpty()) {
            localBuckets.giveBack(key, rate);
        }
    }
}
