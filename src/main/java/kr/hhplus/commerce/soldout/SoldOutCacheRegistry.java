package kr.hhplus.commerce.soldout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * The sold-out caches of this instance. A change that may put items back on sale invalidates before its result is
 * returned.
 */
@Component
public class SoldOutCacheRegistry {

    private final SoldOutProperties properties;
    private final IdempotencyPrecheck idempotencyPrecheck;
    private final MeterRegistry registry;
    private final Map<SoldOutType, SoldOutCache<?>> caches = new EnumMap<>(SoldOutType.class);
    private volatile BiConsumer<SoldOutType, Long> onLocalEntryCreated = (type, id) -> {};
    private volatile BiConsumer<SoldOutType, Long> onInvalidated = (type, id) -> {};

    SoldOutCacheRegistry(
            SoldOutProperties properties, IdempotencyPrecheck idempotencyPrecheck, MeterRegistry registry) {
        this.properties = properties;
        this.idempotencyPrecheck = idempotencyPrecheck;
        this.registry = registry;
    }

    /**
     * Creates the cache of a type.
     *
     * @param readSoldOut returns which of these ids are sold out, with the data that a refusal needs
     * @throws IllegalStateException if the type has a cache already
     */
    public synchronized <S> SoldOutCache<S> open(SoldOutType type, Function<Set<Long>, Map<Long, S>> readSoldOut) {
        Counter refusalCounter = Counter.builder("commerce.soldout.cache.refusals")
                .description("Requests refused by the sold-out cache, without queueing")
                .tag("kind", type.text())
                .register(registry);
        SoldOutCache<S> cache = new SoldOutCache<>(
                properties,
                System::nanoTime,
                readSoldOut,
                id -> onLocalEntryCreated.accept(type, id),
                idempotencyPrecheck::mayHaveStoredResult,
                refusalCounter::increment);
        if (caches.put(type, cache) != null) {
            throw new IllegalStateException(type + " has a cache already");
        }
        Gauge.builder("commerce.soldout.cache.size", cache::size)
                .description("Sold-out items in the cache of this instance")
                .tag("kind", type.text())
                .strongReference(true)
                .register(registry);
        return cache;
    }

    /**
     * Drops the entry of an item that may be available again: here at once, and on the other instances soon, if they
     * are connected. Without a connection their entries expire after {@code maxStaleness}.
     */
    public void invalidate(SoldOutType type, long id) {
        invalidateHere(type, id);
        onInvalidated.accept(type, id);
    }

    /** Drops the entry of this instance; called for messages from other instances. */
    void invalidateHere(SoldOutType type, long id) {
        find(type).ifPresent(cache -> cache.invalidate(id));
    }

    /** Drops all entries of a type. */
    public void invalidateAll(SoldOutType type) {
        find(type).ifPresent(SoldOutCache::invalidateAll);
    }

    /** Drops all entries. */
    public void invalidateAll() {
        for (SoldOutType type : SoldOutType.values()) {
            invalidateAll(type);
        }
    }

    void onLocalEntryCreated(BiConsumer<SoldOutType, Long> listener) {
        onLocalEntryCreated = listener;
    }

    void onInvalidated(BiConsumer<SoldOutType, Long> listener) {
        onInvalidated = listener;
    }

    void markForCheckByPeer(SoldOutType type, long id) {
        find(type).ifPresent(cache -> cache.markForCheckByPeer(id));
    }

    /** Refreshes all caches. */
    void refresh() {
        for (SoldOutType type : SoldOutType.values()) {
            find(type).ifPresent(SoldOutCache::refresh);
        }
    }

    private synchronized Optional<SoldOutCache<?>> find(SoldOutType type) {
        return Optional.ofNullable(caches.get(type));
    }
}
