package kr.hhplus.commerce.ranking;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import kr.hhplus.commerce.kernel.cache.SharedCache.Aged;

/**
 * A bounded cache of values that expire some time after their read started. One thread reads a key. Threads that
 * request it meanwhile share the result, including a failure. Failures are not cached.
 */
final class SingleFlightCache<K, V> {

    private final Function<K, Aged<V>> read;
    private final AsyncCache<K, Aged<V>> values;

    /**
     * Creates an empty cache.
     *
     * @param name the tag {@code cache} of its metrics
     * @param sizeMax the maximum number of keys
     * @param ageMax how long a value is served, counted from the start of its read on whichever instance
     * @param read reads one key on the requesting thread
     */
    SingleFlightCache(String name, int sizeMax, Duration ageMax, Function<K, Aged<V>> read, MeterRegistry registry) {
        this.read = read;
        this.values = Caffeine.newBuilder()
                .maximumSize(sizeMax)
                .expireAfter(new ByAge<K, V>(ageMax.toNanos()))
                .executor(Runnable::run)
                .recordStats()
                .buildAsync();
        CaffeineCacheMetrics.monitor(registry, values, name);
    }

    /**
     * Returns the value of a key, from the cache or read on this thread.
     *
     * @throws RuntimeException the exception of the read
     */
    V get(K key) {
        CompletableFuture<Aged<V>> mine = new CompletableFuture<>();
        CompletableFuture<Aged<V>> shared = values.get(key, (missing, executor) -> mine);
        if (shared == mine) {
            complete(key, mine);
        }
        try {
            return shared.join().value();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void complete(K key, CompletableFuture<Aged<V>> value) {
        try {
            value.complete(read.apply(key));
        } catch (Throwable e) {
            value.completeExceptionally(e);
        }
    }

    /** Subtracts the age that a value already has, for example if another instance has read it. */
    private record ByAge<K, V>(long ageNanosMax) implements Expiry<K, Aged<V>> {

        @Override
        public long expireAfterCreate(K key, Aged<V> value, long nowNanos) {
            return Math.max(0, ageNanosMax - (System.nanoTime() - value.startNanos()));
        }

        @Override
        public long expireAfterUpdate(K key, Aged<V> value, long nowNanos, long leftNanos) {
            return expireAfterCreate(key, value, nowNanos);
        }

        @Override
        public long expireAfterRead(K key, Aged<V> value, long nowNanos, long leftNanos) {
            return leftNanos;
        }
    }
}
