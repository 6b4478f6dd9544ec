package kr.hhplus.commerce.soldout;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/**
 * Caches which products (or campaigns) are sold out, so that hopeless requests are refused without a transaction.
 *
 * <p>An entry is created and renewed only by a database read and expires {@code maxStaleness} after that read started,
 * so a wrong entry refuses for at most {@code maxStaleness}. A candidate only schedules a read.
 *
 * @param <S> the data of a sold-out item that a refusal needs
 */
public final class SoldOutCache<S> {

    private final Duration maxStaleness;
    private final Duration expireAfterAccess;
    private final int entriesMax;
    private final LongSupplier nanoTime;
    private final Function<Set<Long>, Map<Long, S>> readSoldOut;
    private final Consumer<Long> onLocalEntryCreated;
    private final Predicate<IdempotentCommand> mayHaveStoredResult;
    private final Runnable onRefusal;
    private final Map<Long, Entry<S>> entries = new ConcurrentHashMap<>();

    /** Ids to read next, and whether a command of this instance was refused for the id. */
    private final Map<Long, Boolean> candidates = new ConcurrentHashMap<>();

    /** Ids of the read in progress that have not been invalidated since it started. */
    private final Set<Long> refreshing = new HashSet<>();

    /**
     * @param readSoldOut returns which of these ids are sold out; called by {@link #refresh}, outside any transaction
     * @param onLocalEntryCreated receives each id that became an entry because a batch of this instance marked it
     * @param mayHaveStoredResult whether the command's idempotency key may have a stored result, which must be replayed
     */
    SoldOutCache(
            SoldOutProperties properties,
            LongSupplier nanoTime,
            Function<Set<Long>, Map<Long, S>> readSoldOut,
            Consumer<Long> onLocalEntryCreated,
            Predicate<IdempotentCommand> mayHaveStoredResult,
            Runnable onRefusal) {
        this.maxStaleness = properties.maxStaleness();
        this.expireAfterAccess = properties.expireAfterAccess();
        this.entriesMax = properties.entriesMax();
        this.nanoTime = nanoTime;
        this.readSoldOut = readSoldOut;
        this.onLocalEntryCreated = onLocalEntryCreated;
        this.mayHaveStoredResult = mayHaveStoredResult;
        this.onRefusal = onRefusal;
    }

    private static final class Entry<S> {
        private final S value;
        private final long readNanos;
        private volatile long accessNanos;

        Entry(S value, long readNanos, long accessNanos) {
            this.value = value;
            this.readNanos = readNanos;
            this.accessNanos = accessNanos;
        }
    }

    /**
     * Refuses a command for a sold-out item.
     *
     * @param rule returns the refusal for the cached state of the item
     * @return empty if the item has no fresh entry, the rule does not refuse, or the command may be a retry
     */
    public Optional<Refusal> refusalFor(long id, IdempotentCommand command, Function<S, Optional<Refusal>> rule) {
        Optional<Refusal> refusal = find(id).flatMap(rule);
        if (refusal.isEmpty() || mayHaveStoredResult.test(command)) {
            return Optional.empty();
        }
        onRefusal.run();
        return refusal;
    }

    /** Returns the cached state of a sold-out item; empty if it has no entry or the entry has expired. */
    Optional<S> find(long id) {
        Entry<S> entry = entries.get(id);
        if (entry == null) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        entry.accessNanos = now;
        return now - entry.readNanos < maxStaleness.toNanos() ? Optional.of(entry.value) : Optional.empty();
    }

    /**
     * Makes the id a candidate for the next read; called after a batch of this instance refused a command because the
     * item is sold out.
     */
    public void markForCheck(long id) {
        markForCheck(id, true);
    }

    /** Makes the id a candidate for the next read; called for messages from other instances, which may be wrong. */
    void markForCheckByPeer(long id) {
        markForCheck(id, false);
    }

    private void markForCheck(long id, boolean local) {
        if (!entries.containsKey(id) && (candidates.size() < entriesMax || candidates.containsKey(id))) {
            candidates.merge(id, local, Boolean::logicalOr);
        }
    }

    /** Drops the entry and discards the result of a read that is in progress. */
    public synchronized void invalidate(long id) {
        entries.remove(id);
        refreshing.remove(id);
    }

    synchronized void invalidateAll() {
        entries.clear();
        refreshing.clear();
    }

    int size() {
        return entries.size();
    }

    /** Reads all candidates and recently requested ids. Single-threaded. */
    void refresh() {
        long startNanos = nanoTime.getAsLong();
        Map<Long, Boolean> checked = Map.copyOf(candidates);
        Set<Long> ids = begin(checked.keySet(), startNanos);
        if (!ids.isEmpty()) {
            store(readSoldOut.apply(ids), checked, startNanos);
        }
    }

    private synchronized Set<Long> begin(Set<Long> checked, long now) {
        candidates.keySet().removeAll(checked);
        entries.values().removeIf(entry -> now - entry.accessNanos > expireAfterAccess.toNanos());
        refreshing.clear();
        refreshing.addAll(entries.keySet());
        checked.stream().limit(Math.max(0, entriesMax - refreshing.size())).forEach(refreshing::add);
        return Set.copyOf(refreshing);
    }

    private void store(Map<Long, S> soldOut, Map<Long, Boolean> checked, long startNanos) {
        Set<Long> created = new HashSet<>();
        synchronized (this) {
            for (long id : refreshing) {
                S value = soldOut.get(id);
                Entry<S> before = entries.get(id);
                if (value == null) {
                    entries.remove(id);
                } else {
                    entries.put(id, new Entry<>(value, startNanos, before == null ? startNanos : before.accessNanos));
                    if (before == null) {
                        created.add(id);
                    }
                }
            }
            refreshing.clear();
        }
        created.stream().filter(id -> checked.getOrDefault(id, false)).forEach(onLocalEntryCreated);
    }
}
