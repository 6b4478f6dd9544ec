package kr.hhplus.commerce.groupcommit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.groupcommit.CommitException.RowLocked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of one queue that wait for locked rows, in order of arrival. Without it one row that another session
 * holds would stop every batch that touches it, and the commands behind that batch.
 *
 * <p>A command waits while one of its rows is locked, and behind every earlier command that shares a value of
 * {@link CommandRows#sequenceOf}. A command whose rows are free goes before later ones that want the same row. The
 * price: rows are named before each batch while any row is locked, and commands of different users may overtake each
 * other. Both the commands per row and those in total are bounded; one more is refused with {@link RowLocked}.
 */
final class SetAside<C, R> {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** @param because the locked rows for which it, or the command before it, was set aside; counted for the bound */
    private record Entry<C, R>(
            PendingCommand<C, R> pending, Set<RowKey> wants, Set<Object> sequence, Set<RowKey> because) {}

    private final CommandRows<C> rows;
    private final LockedRows locked;
    private final GroupCommitProperties properties;
    private final CommandQueueMetrics metrics;
    private final String name;

    private final List<Entry<C, R>> waiting = new ArrayList<>();
    private final Map<Object, Deque<Entry<C, R>>> bySequence = new HashMap<>();
    private final Map<RowKey, Integer> waitingFor = new HashMap<>();
    private long releasesSeen;
    private boolean scanAgain;
    private volatile int size;

    SetAside(
            String name,
            CommandRows<C> rows,
            LockedRows locked,
            GroupCommitProperties properties,
            CommandQueueMetrics metrics) {
        this.name = name;
        this.rows = rows;
        this.locked = locked;
        this.properties = properties;
        this.metrics = metrics;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /**
     * Searches for the rows on which a batch timed out.
     *
     * @return whether one of its commands wants a locked row, so that {@link #admit} will set it aside
     */
    boolean findLocked(List<PendingCommand<C, R>> batch) {
        try {
            Set<RowKey> candidates = new HashSet<>();
            rowsOf(batch).forEach(candidates::addAll);
            return locked.find(candidates);
        } catch (RuntimeException | Error e) {
            log.warn("queue {}: locked rows cannot be searched", name, e);
            return false;
        }
    }

    /** Whether any row is locked or any command waits; otherwise {@link #admit} admits every command. */
    boolean isNeeded() {
        return size > 0 || !locked.isEmpty();
    }

    /**
     * Selects the commands of a batch that may be tried now. The others are set aside, or refused beyond the bounds.
     *
     * @return the selected commands, in their order
     */
    List<PendingCommand<C, R>> admit(List<PendingCommand<C, R>> batch) {
        if (!isNeeded()) {
            return batch;
        }
        List<Set<RowKey>> wants;
        List<Set<Object>> sequences;
        try {
            wants = rowsOf(batch);
            sequences = batch.stream()
                    .map(pending -> rows.sequenceOf(pending.command()))
                    .toList();
        } catch (RuntimeException e) {
            // The attempt will meet the same failure, and settles it.
            log.debug("queue {}: the rows of a batch cannot be named", name, e);
            return batch;
        }
        List<PendingCommand<C, R>> free = new ArrayList<>(batch.size());
        List<PendingCommand<C, R>> tooMany = new ArrayList<>();
        synchronized (this) {
            Map<RowKey, PendingCommand<C, R>> due = firstDue();
            for (int i = 0; i < batch.size(); i++) {
                PendingCommand<C, R> pending = batch.get(i);
                Set<Object> sequence = sequences.get(i);
                Set<RowKey> because = obstaclesOf(pending, wants.get(i), sequence, due);
                if (because.isEmpty()) {
                    free.add(pending);
                } else if (hasRoomFor(because)) {
                    add(new Entry<>(pending.setAside(), wants.get(i), sequence, because));
                } else {
                    tooMany.add(pending);
                }
            }
        }
        tooMany.forEach(pending -> refuse(pending, "too many commands wait for rows that another session holds"));
        return free;
    }

    private List<Set<RowKey>> rowsOf(List<PendingCommand<C, R>> batch) {
        return rows.rowsOf(batch.stream().map(PendingCommand::command).toList());
    }

    /** By row, the first waiting command whose rows have become free since the last batch. */
    private Map<RowKey, PendingCommand<C, R>> firstDue() {
        Map<RowKey, PendingCommand<C, R>> due = new HashMap<>();
        if (mayHaveReady()) {
            ready().forEach(entry -> entry.wants().forEach(row -> due.putIfAbsent(row, entry.pending())));
        }
        return due;
    }

    private Set<RowKey> obstaclesOf(
            PendingCommand<C, R> pending,
            Set<RowKey> wants,
            Set<Object> sequence,
            Map<RowKey, PendingCommand<C, R>> due) {
        Set<RowKey> obstacles = new HashSet<>();
        for (RowKey row : wants) {
            PendingCommand<C, R> other = due.get(row);
            if (locked.contains(row) || other != null && other.isBefore(pending)) {
                obstacles.add(row);
            }
        }
        for (Object value : sequence) {
            for (Entry<C, R> other : bySequence.getOrDefault(value, new ArrayDeque<>())) {
                if (other.pending().isBefore(pending)) {
                    obstacles.addAll(other.because());
                }
            }
        }
        return obstacles;
    }

    private boolean hasRoomFor(Set<RowKey> because) {
        return size < properties.setAsideInAllMax() && because.stream().allMatch(this::hasRoomFor);
    }

    private boolean hasRoomFor(RowKey row) {
        return waitingFor.getOrDefault(row, 0) < properties.setAsideMax();
    }

    private void add(Entry<C, R> entry) {
        int place = waiting.size();
        while (place > 0 && entry.pending().isBefore(waiting.get(place - 1).pending())) {
            place--;
        }
        waiting.add(place, entry);
        entry.sequence().forEach(value -> bySequence
                .computeIfAbsent(value, unused -> new ArrayDeque<>())
                .add(entry));
        entry.because().forEach(row -> waitingFor.merge(row, 1, Integer::sum));
        size = waiting.size();
    }

    private void forget(Entry<C, R> entry) {
        entry.sequence()
                .forEach(value -> bySequence.computeIfPresent(
                        value, (unused, others) -> others.remove(entry) && others.isEmpty() ? null : others));
        entry.because()
                .forEach(row -> waitingFor.computeIfPresent(row, (unused, count) -> count == 1 ? null : count - 1));
    }

    /**
     * Moves commands whose rows are free into a batch, the oldest first, and refuses those past their deadline. Never
     * throws, because the writer must live.
     */
    void takeReady(List<PendingCommand<C, R>> batch, int max) {
        if (size == 0) {
            return;
        }
        List<PendingCommand<C, R>> late = new ArrayList<>();
        try {
            synchronized (this) {
                dropExpired(late);
                if (mayHaveReady()) {
                    long releases = locked.releases();
                    take(ready(), batch, max);
                    releasesSeen = releases;
                }
            }
        } catch (RuntimeException | Error e) {
            log.error("queue {}: commands that are set aside cannot be taken up", name, e);
        }
        late.forEach(pending -> refuse(pending, "another session held a row until the deadline"));
    }

    /** All commands of a queue have the same deadline, so the oldest expires first. */
    private void dropExpired(List<PendingCommand<C, R>> late) {
        long now = System.nanoTime();
        while (!waiting.isEmpty() && waiting.get(0).pending().expired(now)) {
            Entry<C, R> oldest = waiting.remove(0);
            forget(oldest);
            late.add(oldest.pending());
            scanAgain = true;
        }
        size = waiting.size();
    }

    private boolean mayHaveReady() {
        return scanAgain || locked.releases() != releasesSeen;
    }

    /** In order of arrival. */
    private List<Entry<C, R>> ready() {
        Set<Object> keptBack = new HashSet<>();
        List<Entry<C, R>> ready = new ArrayList<>();
        for (Entry<C, R> entry : waiting) {
            if (entry.wants().stream().noneMatch(locked::contains)
                    && entry.sequence().stream().noneMatch(keptBack::contains)) {
                ready.add(entry);
            } else {
                keptBack.addAll(entry.sequence());
            }
        }
        return ready;
    }

    private void take(List<Entry<C, R>> ready, List<PendingCommand<C, R>> batch, int max) {
        Set<Entry<C, R>> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        taken.addAll(ready.subList(0, Math.min(ready.size(), max - batch.size())));
        // Removed before added: an error in between must not take a command twice.
        waiting.removeIf(taken::contains);
        ready.subList(0, taken.size()).forEach(entry -> batch.add(entry.pending()));
        taken.forEach(this::forget);
        size = waiting.size();
        scanAgain = taken.size() < ready.size();
    }

    private void refuse(PendingCommand<C, R> pending, String why) {
        metrics.rowLocked();
        pending.fail(new RowLocked(why, null));
    }

    /** Removes all waiting commands and adds them to {@code out}. */
    synchronized void drainTo(List<PendingCommand<C, R>> out) {
        waiting.forEach(entry -> out.add(entry.pending()));
        waiting.clear();
        bySequence.clear();
        waitingFor.clear();
        size = 0;
    }
}
