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
 * Shares values between instances through Redis. A value carries the time at which reading it began, so that caches in
 * a row do not add up their ages. Without a value, or without Redis, it is read from the database.
 *
 * <p>Contents of Redis are untrusted input: they are parsed strictly and checked for plausibility. A value that does
 * not pass costs one read from the database.
 */
@Component
public class SharedCache {

    private final Optional<RedisSharedCache> redis;
    private final ObjectMapper json;
    private final Counter shared;
    private final Counter read;

    SharedCache(ObjectProvider<RedisSharedCache> redis, ObjectMapper json, MeterRegistry registry) {
        this.redis = Optional.ofNullable(redis.getIfAvailable());
        this.json = json;
        this.shared = reads(registry, "shared");
        this.read = reads(registry, "database");
    }

    private static Counter reads(MeterRegistry registry, String from) {
        return Counter.builder("commerce.shared.cache.reads")
                .description("Values taken from another instance, or read from the database")
                .tag("from", from)
                .register(registry);
    }

    /** A value, and when reading it began at the latest, by this process's {@link System#nanoTime}. */
    public record Aged<V>(V value, long begunNanos) {}

    /**
     * Returns a value from Redis, or reads it and saves it there.
     *
     * @param name unique among all shared values
     * @param ageMax the maximum age; the age counts from the call of {@code read}
     * @param plausible accepts or rejects a value from Redis
     */
    public <V> Aged<V> get(String name, Duration ageMax, Class<V> type, Predicate<V> plausible, Supplier<V> read) {
        if (redis.isEmpty()) {
            return read(read);
        }
        long asked = System.nanoTime();
        Optional<RedisSharedCache.Found> found = redis.get().find(name, ageMax);
        Optional<V> theirs = found.flatMap(f -> parse(f.text(), type)).filter(plausible);
        if (theirs.isPresent()) {
            shared.increment();
            return new Aged<>(theirs.get(), asked - found.get().age().toNanos());
        }
        Aged<V> mine = read(read);
        found.ifPresent(f -> write(mine.value()).ifPresent(text -> redis.get().save(name, ageMax, f.now(), text)));
        return mine;
    }

    private <V> Aged<V> read(Supplier<V> source) {
        long begun = System.nanoTime();
        V value = source.get();
        read.increment();
        return new Aged<>(value, begun);
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
            throw new IllegalStateException("a shared value cannot be written", e);
        }
    }
}
