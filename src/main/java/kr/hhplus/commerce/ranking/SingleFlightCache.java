package kr.hhplus.commerce.ranking;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import kr.hhplus.commerce.kernel.cache.SharedCache.Aged;

/**
 * Values that may be shared for a short while. Per key one read runs at a time, and whoever asks meanwhile shares it,
 * a failure included; the number of keys is bounded, the least recently used goes first.
 */
final class Snapshots<K, V> {

    private record Snapshot<V>(CompletableFuture<Aged<V>> value) {

        boolean usable(long now, long keepNanos) {
            return !value.isDone()
                    || !value.isCompletedExceptionally() && now - value.join().begunNanos() < keepNanos;
        }
    }

    private final int keysMax;
    private final long keepNanos;
    private final Function<K, Aged<V>> read;
    private final Map<K, Snapshot<V>> byKey = new LinkedHashMap<>(16, 0.75f, true);

    Snapshots(int keysMax, Duration keep, Function<K, Aged<V>> read) {
        this.keysMax = keysMax;
        this.keepNanos = keep.toNanos();
        this.read = read;
    }

    /**
     * A value whose reading began, wherever that was, at most the time to keep ago, or is under way. Throws what
     * reading it threw.
     */
    V get(K key) {
        Snapshot<V> mine = new Snapshot<>(new CompletableFuture<>());
        Snapshot<V> shared = share(key, mine);
        if (shared == mine) {
            fill(key, mine);
        }
        try {
            return shared.value().join().value();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private synchronized Snapshot<V> share(K key, Snapshot<V> mine) {
        Snapshot<V> known = byKey.get(key);
        if (known != null && known.usable(System.nanoTime(), keepNanos)) {
            return known;
        }
        byKey.put(key, mine);
        if (byKey.size() > keysMax) {
            byKey.remove(byKey.keySet().iterator().next());
        }
        return mine;
    }

    private void fill(K key, Snapshot<V> snapshot) {
        try {
            snapshot.value().complete(read.apply(key));
        } catch (Throwable e) {
            snapshot.value().completeExceptionally(e);
        }
    }
}
