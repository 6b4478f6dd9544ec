package kr.hhplus.commerce.security.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/**
 * The buckets of all callers: Redis' where it answers, so that all instances count together, or else this process' own.
 * Bounded: a forgotten bucket is a full one again.
 */
final class RateLimiter {

    private final Cache<String, Bucket> here;
    private final Optional<RedisRateLimiter> shared;
    private final Counter refusals;

    RateLimiter(RateLimitProperties properties, Optional<RedisRateLimiter> shared, MeterRegistry registry) {
        this.here = Caffeine.newBuilder()
                .maximumSize(properties.keysMax())
                .expireAfterAccess(properties.refillMax())
                .executor(Runnable::run)
                .build();
        this.shared = shared;
        this.refusals = Counter.builder("commerce.ratelimit.refusals")
                .description("Requests refused because their caller or address asks too often")
                .register(registry);
        Gauge.builder("commerce.ratelimit.keys", here, Cache::estimatedSize)
                .description("Callers and addresses whose requests this process counts")
                .register(registry);
    }

    RateLimitDecision take(String key, Rate rate) {
        ConsumptionProbe probe = shared.flatMap(redis -> redis.take(key, rate)).orElseGet(() -> takeHere(key, rate));
        if (!probe.isConsumed()) {
            refusals.increment();
        }
        return new RateLimitDecision(rate, probe);
    }

    private ConsumptionProbe takeHere(String key, Rate rate) {
        return here.get(key, unknown -> bucket(rate)).tryConsumeAndReturnRemaining(1);
    }

    private static Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(rate.bandwidth())
                .withCustomTimePrecision(TimeMeter.SYSTEM_NANOTIME)
                .build();
    }

    long size() {
        here.cleanUp();
        return here.estimatedSize();
    }
}
