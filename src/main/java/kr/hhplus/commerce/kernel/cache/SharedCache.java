package kr.hhplus.commerce.kernel.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Shares values between instances through Redis. A value carries the time at which its read started, so that the ages
 * of chained caches do not add up. Without a value in Redis, or without Redis, the value is read from the database.
 *
 * <p>The contents of Redis are untrusted input. They are parsed strictly and checked for plausibility. A rejected value
 * costs one database read.
 */
@Component
public class SharedCache {

    private final Optional<RedisSharedCache> redis;
    private final ObjectMapper json;
    private final Counter sharedReads;
    private final Counter databaseReads;

    SharedCache(ObjectProvider<RedisSharedCache> redis, ObjectMapper json, MeterRegistry registry) {
        this.redis = Optional.ofNullable(redis.getIfAvailable());
        this.json = json;
        this.sharedReads = reads(registry, "shared");
        this.databaseReads = reads(registry, "database");
    }

    private static Counter reads(MeterRegistry registry, String from) {
        return Counter.builder("commerce.shared.cache.reads")
                .description("Values taken from another instance, or read from the database")
                .tag("from", from)
                .register(registry);
    }

    /**
     * A value and the time of its read.
     *
     * @param value the value
     * @param startNanos a time not later than the start of the read, by this process's {@link System#nanoTime}
     */
    public record Aged<V>(V value, long startNanos) {}

    /**
     * Returns a value from Redis, or reads it and saves it in Redis.
     *
     * @param name unique among all shared values
     * @param ageMax the maximum age, which counts from the call of {@code loader}
     * @param plausible accepts or rejects a value from Redis
     */
    public <V> Aged<V> get(String name, Duration ageMax, Class<V> type, Predicate<V> plausible, Supplier<V> loader) {
        if (redis.isEmpty()) {
            return load(loader);
        }
        long requestNanos = System.nanoTime();
        Optional<RedisSharedCache.Found> found = redis.get().find(name, ageMax);
        Optional<V> shared = found.flatMap(f -> parse(f.text(), type)).filter(plausible);
        if (shared.isPresent()) {
            sharedReads.increment();
            return new Aged<>(shared.get(), requestNanos - found.get().age().toNanos());
        }
        Aged<V> loaded = load(loader);
        found.ifPresent(f -> write(loaded.value()).ifPresent(text -> redis.get().save(name, ageMax, f.now(), text)));
        return loaded;
    }

    private <V> Aged<V> load(Supplier<V> loader) {
        long start = System.nanoTime();
        V value = loader.get();
        databaseReads.increment();
        return new Aged<>(value, start);
    }

    private <V> Optional<V> parse(String text, Class<V> type) {
        try {
            return text == null ? Optional.empty() : Optional.ofNullable(json.readValue(text, type));
        } catch (JsonProcessingException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private Optional<String> write(Object value) {
        try {
            return Optional.of(json.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a shared value as JSON", e);
        }
    }
}
