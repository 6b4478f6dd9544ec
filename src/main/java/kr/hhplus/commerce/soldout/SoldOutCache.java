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
 * The sold-out signs of one kind, in memory. Only a look at the database puts one up or keeps it up; it refuses for a
 * bounded time after the look began, whatever happens. Suspicions only ask for a look.
 *
 * @param <F> what the look saw, as much as a refusal needs
 */
public final class SoldOutCache<F> {

    private final Duration believe;
    private final Duration idle;
    private final int max;
    private final LongSupplier nanoTime;
    private final Function<Set<Long>, Map<Long, F>> database;
    private final Consumer<Long> raisedHere;
    private final Predicate<IdempotentCommand> keyKnown;
    private final Runnable onRefusal;
    private final Map<Long, Sign<F>> up = new ConcurrentHashMap<>();

    /** Ids to look at, and whether this instance found them out by itself. */
    private final Map<Long, Boolean> suspicions = new ConcurrentHashMap<>();

    private final Set<Long> inSight = new HashSet<>();

    /**
     * @param database which of these ids are sold out now; runs in the background, outside any transaction
     * @param raisedHere told of a sign that went up on this instance's own suspicion
     * @param keyKnown whether a command may have been answered before
     */
    SoldOutCache(
            SoldOutProperties properties,
            LongSupplier nanoTime,
            Function<Set<Long>, Map<Long, F>> database,
            Consumer<Long> raisedHere,
            Predicate<IdempotentCommand> keyKnown,
            Runnable onRefusal) {
        this.believe = properties.maxStaleness();
        this.idle = properties.expireAfterAccess();
        this.max = properties.entriesMax();
        this.nanoTime = nanoTime;
        this.database = database;
        this.raisedHere = raisedHere;
        this.keyKnown = keyKnown;
        this.onRefusal = onRefusal;
    }

    private static final class Sign<F> {
        private final F facts;
        private final long seenNanos;
        private volatile long askedNanos;

        Sign(F facts, long seenNanos, long askedNanos) {
            this.facts = facts;
            this.seenNanos = seenNanos;
            this.askedNanos = askedNanos;
        }
    }

    /** What the rule has against the command, by what was seen; nothing where there is no sign or its key is known. */
    public Optional<Refusal> refusal(long id, IdempotentCommand command, Function<F, Optional<Refusal>> rule) {
        Optional<Refusal> refusal = find(id).flatMap(rule);
        if (refusal.isEmpty() || keyKnown.test(command)) {
            return Optional.empty();
        }
        onRefusal.run();
        return refusal;
    }

    /** What was seen when this was last found sold out, if that is recent enough to refuse on. One map lookup. */
    Optional<F> find(long id) {
        Sign<F> sign = up.get(id);
        if (sign == null) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        sign.askedNanos = now;
        return now - sign.seenNanos < believe.toNanos() ? Optional.of(sign.facts) : Optional.empty();
    }

    /** A lane of this instance has just refused somebody for it. */
    public void suspect(long id) {
        note(id, true);
    }

    /** Another instance says so, or something that looks like one. */
    void suspectByHearsay(long id) {
        note(id, false);
    }

    private void note(long id, boolean ownSight) {
        if (!up.containsKey(id) && (suspicions.size() < max || suspicions.containsKey(id))) {
            suspicions.merge(id, ownSight, Boolean::logicalOr);
        }
    }

    /** There may be some again: takes the sign down, and spoils a look under way that began before. */
    public synchronized void clear(long id) {
        up.remove(id);
        inSight.remove(id);
    }

    synchronized void clear() {
        up.clear();
        inSight.clear();
    }

    int size() {
        return up.size();
    }

    /** Looks at everything suspected or still asked for. To be called by one thread alone. */
    void look() {
        long begun = nanoTime.getAsLong();
        Map<Long, Boolean> suspected = Map.copyOf(suspicions);
        Set<Long> wanted = begin(suspected.keySet(), begun);
        if (!wanted.isEmpty()) {
            raise(database.apply(wanted), suspected, begun);
        }
    }

    private synchronized Set<Long> begin(Set<Long> suspected, long now) {
        suspicions.keySet().removeAll(suspected);
        up.values().removeIf(sign -> now - sign.askedNanos > idle.toNanos());
        inSight.clear();
        inSight.addAll(up.keySet());
        suspected.stream().limit(Math.max(0, max - inSight.size())).forEach(inSight::add);
        return Set.copyOf(inSight);
    }

    private void raise(Map<Long, F> soldOut, Map<Long, Boolean> suspected, long begun) {
        Set<Long> news = new HashSet<>();
        synchronized (this) {
            for (long id : inSight) {
                F facts = soldOut.get(id);
                Sign<F> before = facts == null
                        ? up.remove(id)
                        : up.put(id, new Sign<>(facts, begun, up.containsKey(id) ? up.get(id).askedNanos : begun));
                if (facts != null && before == null) {
                    news.add(id);
                }
            }
            inSight.clear();
        }
        news.stream().filter(id -> suspected.getOrDefault(id, false)).forEach(raisedHere);
    }
}
