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
 * All sold-out signs of this instance. Whoever puts something back clears before it answers; whoever refuses opens a
 * kind and says how the database is looked at.
 */
@Component
public class SoldOutCaches {

    private final SoldOutProperties properties;
    private final IdempotencyPrecheck keys;
    private final MeterRegistry registry;
    private final Map<SoldOutType, SoldOutCache<?>> kinds = new EnumMap<>(SoldOutType.class);
    private volatile BiConsumer<SoldOutType, Long> raisedHere = (kind, id) -> {};

    SoldOutCaches(SoldOutProperties properties, IdempotencyPrecheck keys, MeterRegistry registry) {
        this.keys = keys;
        this.properties = properties;
        this.registry = registry;
    }

    /** @param database which of these ids are sold out now, and what a refusal needs to know of them */
    public synchronized <F> SoldOutCache<F> open(SoldOutType kind, Function<Set<Long>, Map<Long, F>> database) {
        Counter refusals = Counter.builder("commerce.soldout.cache.refusals")
                .description("Requests refused by a sign, without queueing")
                .tag("kind", kind.text())
                .register(registry);
        SoldOutCache<F> signs = new SoldOutCache<>(
                properties,
                System::nanoTime,
                database,
                id -> raisedHere.accept(kind, id),
                keys::mayKnow,
                refusals::increment);
        if (kinds.put(kind, signs) != null) {
            throw new IllegalStateException(kind + " is open already");
        }
        Gauge.builder("commerce.soldout.cache.size", signs::size)
                .description("Sold-out signs up on this instance")
                .tag("kind", kind.text())
                .strongReference(true)
                .register(registry);
        return signs;
    }

    /** There may be some again of this one. Before that is told to anybody. */
    public void clear(SoldOutType kind, long id) {
        of(kind).ifPresent(signs -> signs.clear(id));
    }

    /** Everything of a kind may have changed. */
    public void clear(SoldOutType kind) {
        of(kind).ifPresent(SoldOutCache::clear);
    }

    /** Nothing is to be refused for being sold out until the database says so again. */
    public void clearAll() {
        for (SoldOutType kind : SoldOutType.values()) {
            clear(kind);
        }
    }

    void onRaisedHere(BiConsumer<SoldOutType, Long> listener) {
        raisedHere = listener;
    }

    void hear(SoldOutType kind, long id) {
        of(kind).ifPresent(signs -> signs.suspectByHearsay(id));
    }

    /** @return false: there is never more to do right now */
    boolean look() {
        for (SoldOutType kind : SoldOutType.values()) {
            of(kind).ifPresent(SoldOutCache::look);
        }
        return false;
    }

    private synchronized Optional<SoldOutCache<?>> of(SoldOutType kind) {
        return Optional.ofNullable(kinds.get(kind));
    }
}
