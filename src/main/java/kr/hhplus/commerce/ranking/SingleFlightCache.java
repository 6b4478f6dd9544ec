package kr.hhplus.commerce.ranking;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.cache.SharedCache.Aged;

/**
 * A bounded cache of values that expire some time after their load started. One thread loads a key. Threads that
 * request it meanwhile share the result, including a failure, but wait for at most {@code loadWaitMax}: a load that
 * hangs must not hold every thread. Failures are not cached.
 */
final class SingleFlightCache<K, V> {

    private final Function<K, Aged<V>> loader;
    private final Duration loadWaitMax;
    private final AsyncCache<K, Aged<V>> values;

    /**
     * Creates an empty cache.
     *
     * @param name the tag {@code cache} of its metrics
     * @param sizeMax the maximum number of keys
     * @param ageMax how long a value is served, counted from the start of its load on whichever instance
     * @param loadWaitMax how long a thread waits for the load of another thread
     * @param loader loads one key on the requesting thread
     */
    SingleFlightCache(
            String name,
            int sizeMax,
            Duration ageMax,
            Duration loadWaitMax,
            Function<K, Aged<V>> loader,
            MeterRegistry registry) {
        this.loader = loader;
        this.loadWaitMax = loadWaitMax;
        this.values = Caffeine.newBuilder()
                .maximumSize(sizeMax)
                .expireAfter(new ByAge<K, V>(ageMax.toNanos()))
                .executor(Runnable::run)
                .recordStats()
                .buildAsync();
        CaffeineCacheMetrics.monitor(registry, values, name);
    }

    /**
     * Returns the value of a key, from the cache or loaded on this thread.
     *
     * @throws RefusedException UNAVAILABLE if another thread has not loaded the key within {@code loadWaitMax}
     * @throws RuntimeException the exception of the load
     */
    V get(K key) {
        // The first thread that misses the key puts its own future into the cache, and loads. The others get that
        // future.
        CompletableFuture<Aged<V>> ownLoad = new CompletableFuture<>();
        CompletableFuture<Aged<V>> load = values.get(key, (missing, executor) -> ownLoad);
        if (load == ownLoad) {
            complete(key, ownLoad);
        }
        try {
            return load.get(loadWaitMax.toMillis(), TimeUnit.MILLISECONDS).value();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new RefusedException(Refusal.of(ErrorCode.UNAVAILABLE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(Refusal.of(ErrorCode.UNAVAILABLE));
        }
    }

    private void complete(K key, CompletableFuture<Aged<V>> load) {
        try {
            load.complete(loader.apply(key));
        } catch (Throwable e) {
            load.completeExceptionally(e);
        }
    }

    /** Subtracts the age that a value already has, for example if another instance has loaded it. */
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
