package kr.hhplus.commerce.groupcommit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.groupcommit.CommitException.RowLocked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of one queue that wait for locked rows, in order of arrival, so that no batch waits for them. A command
 * is kept back while one of its rows is locked, and behind every earlier one that is kept back for the same row or
 * shares a value of {@link CommandRows#sequenceOf}.
 */
final class SetAside<C, R> {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** @param because the locked rows for which it, or the command before it, was set aside */
    private record Entry<C, R>(Pending<C, R> pending, Set<RowKey> wants, Set<Object> sequence, Set<RowKey> because) {}

    private final CommandRows<C> rows;
    private final LockedRows locked;
    private final GroupCommitLimits limits;
    private final LaneMetrics metrics;
    private final String name;

    private final List<Entry<C, R>> waiting = new ArrayList<>();
    private final Map<Object, Deque<Entry<C, R>>> bySequence = new HashMap<>();
    private final Map<RowKey, Deque<Entry<C, R>>> byRow = new HashMap<>();
    private long releasesSeen;
    private boolean scanAgain;
    private volatile int size;

    SetAside(String name, CommandRows<C> rows, LockedRows locked, GroupCommitLimits limits, LaneMetrics metrics) {
        this.name = name;
        this.rows = rows;
        this.locked = locked;
        this.limits = limits;
        this.metrics = metrics;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /**
     * Looks for the rows that made a batch time out.
     *
     * @return whether one was found that one of its commands wants, so that {@link #admit} will keep it back
     */
    boolean findLocked(List<Pending<C, R>> batch) {
        try {
            Set<RowKey> candidates = new HashSet<>();
            rowsOf(batch).forEach(candidates::addAll);
            return locked.find(candidates);
        } catch (RuntimeException e) {
            log.warn("queue {}: locked rows cannot be looked for", name, e);
            return false;
        }
    }

    /** Those of a batch that may be tried now. The others are set aside, or refused where there are too many. */
    List<Pending<C, R>> admit(List<Pending<C, R>> batch) {
        if (size == 0 && locked.isEmpty()) {
            return batch;
        }
        List<Set<RowKey>> wants;
        try {
            wants = rowsOf(batch);
        } catch (RuntimeException e) {
            // The attempt will meet the same failure, and the engine knows what to do about that.
            log.debug("queue {}: the rows of a batch cannot be named", name, e);
            return batch;
        }
        List<Pending<C, R>> free = new ArrayList<>(batch.size());
        List<Pending<C, R>> tooMany = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < batch.size(); i++) {
                Pending<C, R> pending = batch.get(i);
                Set<Object> sequence = rows.sequenceOf(pending.command());
                Set<RowKey> because = obstaclesOf(pending, wants.get(i), sequence);
                if (because.isEmpty()) {
                    free.add(pending);
                } else if (hasRoomFor(because)) {
                    add(new Entry<>(pending, wants.get(i), sequence, because));
                } else {
                    tooMany.add(pending);
                }
            }
        }
        tooMany.forEach(pending -> refuse(pending, "too many commands wait for rows that another session holds"));
        return free;
    }

    private List<Set<RowKey>> rowsOf(List<Pending<C, R>> batch) {
        return rows.rowsOf(batch.stream().map(Pending::command).toList());
    }

    private Set<RowKey> obstaclesOf(Pending<C, R> pending, Set<RowKey> wants, Set<Object> sequence) {
        Set<RowKey> obstacles = new HashSet<>();
        for (RowKey row : wants) {
            Deque<Entry<C, R>> others = byRow.get(row);
            if (locked.contains(row)) {
                obstacles.add(row);
            } else if (others != null && others.getFirst().pending().isBefore(pending)) {
                // The row is free, and those who have waited for it longer have not had their turn.
                obstacles.add(row);
                scanAgain = true;
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
        return size < limits.setAsideInAllMax() && because.stream().allMatch(this::hasRoomFor);
    }

    private boolean hasRoomFor(RowKey row) {
        Deque<Entry<C, R>> others = byRow.get(row);
        return others == null || others.size() < limits.setAsideMax();
    }

    private void add(Entry<C, R> entry) {
        int place = waiting.size();
        while (place > 0 && entry.pending().isBefore(waiting.get(place - 1).pending())) {
            place--;
        }
        waiting.add(place, entry);
        entry.sequence().forEach(value -> append(bySequence, value, entry));
        entry.because().forEach(row -> append(byRow, row, entry));
        size = waiting.size();
    }

    private void forget(Entry<C, R> entry) {
        entry.sequence().forEach(value -> remove(bySequence, value, entry));
        entry.because().forEach(row -> remove(byRow, row, entry));
    }

    private static <K, E> void append(Map<K, Deque<E>> map, K key, E entry) {
        map.computeIfAbsent(key, unused -> new ArrayDeque<>()).add(entry);
    }

    private static <K, E> void remove(Map<K, Deque<E>> map, K key, E entry) {
        map.computeIfPresent(key, (unused, others) -> others.remove(entry) && others.isEmpty() ? null : others);
    }

    /** Moves commands whose rows are free into a batch, the oldest first, and refuses those past their deadline. */
    void takeReady(List<Pending<C, R>> batch, int max) {
        if (size == 0) {
            return;
        }
        List<Pending<C, R>> late = new ArrayList<>();
        synchronized (this) {
            dropLate(late);
            long releases = locked.releases();
            if (scanAgain || releases != releasesSeen) {
                releasesSeen = releases;
                scan(batch, max);
            }
        }
        late.forEach(pending -> refuse(pending, "another session held a row until the deadline"));
    }

    /** All commands of a queue have as long, so the oldest is the first to be late. */
    private void dropLate(List<Pending<C, R>> late) {
        long now = System.nanoTime();
        while (!waiting.isEmpty() && waiting.get(0).pending().expired(now)) {
            Entry<C, R> oldest = waiting.remove(0);
            forget(oldest);
            late.add(oldest.pending());
            scanAgain = true;
        }
        size = waiting.size();
    }

    private void scan(List<Pending<C, R>> batch, int max) {
        scanAgain = false;
        Set<Object> keptBack = new HashSet<>();
        List<Entry<C, R>> left = new ArrayList<>(waiting.size());
        for (Entry<C, R> entry : waiting) {
            boolean ready = entry.wants().stream().noneMatch(locked::contains)
                    && entry.sequence().stream().noneMatch(keptBack::contains);
            if (ready && batch.size() < max) {
                batch.add(entry.pending().afterSetAside());
                forget(entry);
            } else {
                scanAgain |= ready;
                keptBack.addAll(entry.sequence());
                left.add(entry);
            }
        }
        waiting.clear();
        waiting.addAll(left);
        size = waiting.size();
    }

    private void refuse(Pending<C, R> pending, String why) {
        metrics.rowLocked();
        pending.fail(new RowLocked(why, null));
    }

    /** Takes out everything that still waits. */
    synchronized void drainTo(List<Pending<C, R>> out) {
        waiting.forEach(entry -> out.add(entry.pending()));
        waiting.clear();
        bySequence.clear();
        byRow.clear();
        size = 0;
    }
}
