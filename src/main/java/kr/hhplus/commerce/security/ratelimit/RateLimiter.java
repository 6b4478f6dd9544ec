package kr.hhplus.commerce.security.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/**
 * Token buckets of all callers: in Redis if it answers, so that all instances count together, otherwise in this
 * process. The number of buckets is bounded; an evicted bucket starts full again.
 */
final class RateLimiter {

    private final Cache<String, Bucket> localBuckets;
    private final Optional<RedisRateLimiter> shared;
    private final Counter refusals;

    /**
     * Creates a limiter.
     *
     * @param limits what is limited, as a tag of the metric
     * @param refillMax the longest refill time of its rates; a bucket that is not used for as long is full
     */
    RateLimiter(
            String limits, int keysMax, Duration refillMax, Optional<RedisRateLimiter> shared, MeterRegistry registry) {
        this.localBuckets = Caffeine.newBuilder()
                .maximumSize(keysMax)
                .expireAfterAccess(refillMax)
                .executor(Runnable::run)
                .build();
        this.shared = shared;
        this.refusals = Counter.builder("commerce.ratelimit.refusals")
                .description("Requests refused by a rate limit")
                .register(registry);
        Gauge.builder("commerce.ratelimit.keys", localBuckets, Cache::estimatedSize)
                .description("Callers and addresses whose requests this process counts")
                .tag("limits", limits)
                .register(registry);
    }

    RateLimitDecision take(String key, Rate rate) {
        ConsumptionProbe probe = shared.flatMap(redis -> redis.take(key, rate)).orElseGet(() -> takeLocally(key, rate));
        if (!probe.isConsumed()) {
            refusals.increment();
        }
        return new RateLimitDecision(rate, probe);
    }

    private ConsumptionProbe takeLocally(String key, Rate rate) {
        return localBuckets.get(key, unknown -> bucket(rate)).tryConsumeAndReturnRemaining(1);
    }

    /** Puts one token back, in Redis or in this process. */
    void giveBack(String key, Rate rate) {
        if (shared.flatMap(redis -> redis.giveBack(key, rate)).isEmpty()) {
            Bucket bucket = localBuckets.getIfPresent(key);
            if (bucket != null) {
                bucket.addTokens(1);
            }
        }
    }

    private static Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(rate.bandwidth())
                .withCustomTimePrecision(TimeMeter.SYSTEM_NANOTIME)
                .build();
    }

    long size() {
        localBuckets.cleanUp();
        return localBuckets.estimatedSize();
    }
}
