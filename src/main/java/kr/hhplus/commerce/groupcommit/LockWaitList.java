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
 * The commands of one queue that are set aside because another session holds one of their rows, in order of arrival.
 * Without it, one locked row would stop every batch that touches it, and the commands behind that batch.
 *
 * <p>A command waits while one of its rows is locked, and behind every earlier command that shares a value of
 * {@link CommandRows#orderingKeysOf}. A command whose rows are free goes before later ones that want the same row. The
 * price: the rows of each batch are named while any row is locked, and commands of different users may overtake each
 * other. Both the commands per row and those in total are bounded; one more is rejected with {@link RowLocked}.
 */
final class LockWaitList<C, R> {

    private static final Logger log = LoggerFactory.getLogger(CommandQueue.class);

    /** @param blockers the locked rows for which it, or the command before it, was set aside; counted for the bound */
    private record Entry<C, R>(
            PendingCommand<C, R> pending, Set<RowKey> rows, Set<Object> orderingKeys, Set<RowKey> blockers) {}

    private final CommandRows<C> commandRows;
    private final LockedRows lockedRows;
    private final GroupCommitProperties properties;
    private final CommandQueueMetrics metrics;
    private final String name;

    private final List<Entry<C, R>> waiting = new ArrayList<>();
    private final Map<Object, Deque<Entry<C, R>>> byOrderingKey = new HashMap<>();
    private final Map<RowKey, Integer> waitingPerRow = new HashMap<>();
    private long releasesSeen;
    private boolean rescanNeeded;
    private volatile int size;

    LockWaitList(
            String name,
            CommandRows<C> commandRows,
            LockedRows lockedRows,
            GroupCommitProperties properties,
            CommandQueueMetrics metrics) {
        this.name = name;
        this.commandRows = commandRows;
        this.lockedRows = lockedRows;
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
     * Finds the locked rows on which a batch timed out.
     *
     * @return whether one of its commands wants a locked row, so that {@link #selectRunnable} will set it aside
     */
    boolean findLockedRows(List<PendingCommand<C, R>> batch) {
        try {
            Set<RowKey> candidates = new HashSet<>();
            rowsOf(batch).forEach(candidates::addAll);
            return lockedRows.findAndWatch(candidates);
        } catch (RuntimeException | Error e) {
            log.warn("queue {}: locked rows cannot be searched", name, e);
            return false;
        }
    }

    /** Whether any row is locked or any command waits; otherwise {@link #selectRunnable} selects every command. */
    boolean isNeeded() {
        return size > 0 || !lockedRows.isEmpty();
    }

    /**
     * Selects the commands of a batch that may be tried now. The others are set aside, or rejected beyond the bounds.
     *
     * @return the selected commands, in their order
     */
    List<PendingCommand<C, R>> selectRunnable(List<PendingCommand<C, R>> batch) {
        if (!isNeeded()) {
            return batch;
        }
        List<Set<RowKey>> rowsByCommand;
        List<Set<Object>> orderingKeysByCommand;
        try {
            rowsByCommand = rowsOf(batch);
            orderingKeysByCommand = batch.stream()
                    .map(pending -> commandRows.orderingKeysOf(pending.command()))
                    .toList();
        } catch (RuntimeException e) {
            // The attempt will meet the same failure, and handles it.
            log.debug("queue {}: the rows of a batch cannot be named", name, e);
            return batch;
        }
        List<PendingCommand<C, R>> runnable = new ArrayList<>(batch.size());
        List<PendingCommand<C, R>> tooMany = new ArrayList<>();
        synchronized (this) {
            Map<RowKey, PendingCommand<C, R>> readyByRow = firstReadyByRow();
            for (int i = 0; i < batch.size(); i++) {
                PendingCommand<C, R> pending = batch.get(i);
                Set<RowKey> rows = rowsByCommand.get(i);
                Set<Object> orderingKeys = orderingKeysByCommand.get(i);
                Set<RowKey> blockers = blockersOf(pending, rows, orderingKeys, readyByRow);
                if (blockers.isEmpty()) {
                    runnable.add(pending);
                } else if (hasRoomFor(blockers)) {
                    add(new Entry<>(pending.setAside(), rows, orderingKeys, blockers));
                } else {
                    tooMany.add(pending);
                }
            }
        }
        tooMany.forEach(pending -> reject(pending, "too many commands wait for rows that another session holds"));
        return runnable;
    }

    private List<Set<RowKey>> rowsOf(List<PendingCommand<C, R>> batch) {
        return commandRows.rowsOf(batch.stream().map(PendingCommand::command).toList());
    }

    /** By row, the first waiting command whose rows have become free since the last batch. */
    private Map<RowKey, PendingCommand<C, R>> firstReadyByRow() {
        Map<RowKey, PendingCommand<C, R>> readyByRow = new HashMap<>();
        if (mayHaveReady()) {
            readyEntries().forEach(entry -> entry.rows().forEach(row -> readyByRow.putIfAbsent(row, entry.pending())));
        }
        return readyByRow;
    }

    private Set<RowKey> blockersOf(
            PendingCommand<C, R> pending,
            Set<RowKey> rows,
            Set<Object> orderingKeys,
            Map<RowKey, PendingCommand<C, R>> readyByRow) {
        Set<RowKey> blockers = new HashSet<>();
        for (RowKey row : rows) {
            PendingCommand<C, R> other = readyByRow.get(row);
            if (lockedRows.contains(row) || other != null && other.isBefore(pending)) {
                blockers.add(row);
            }
        }
        for (Object key : orderingKeys) {
            for (Entry<C, R> other : byOrderingKey.getOrDefault(key, new ArrayDeque<>())) {
                if (other.pending().isBefore(pending)) {
                    blockers.addAll(other.blockers());
                }
            }
        }
        return blockers;
    }

    private boolean hasRoomFor(Set<RowKey> blockers) {
        return size < properties.setAsideTotalMax() && blockers.stream().allMatch(this::hasRoomFor);
    }

    private boolean hasRoomFor(RowKey row) {
        return waitingPerRow.getOrDefault(row, 0) < properties.setAsideMax();
    }

    private void add(Entry<C, R> entry) {
        int index = waiting.size();
        while (index > 0 && entry.pending().isBefore(waiting.get(index - 1).pending())) {
            index--;
        }
        waiting.add(index, entry);
        entry.orderingKeys().forEach(value -> byOrderingKey
                .computeIfAbsent(value, unused -> new ArrayDeque<>())
                .add(entry));
        entry.blockers().forEach(row -> waitingPerRow.merge(row, 1, Integer::sum));
        size = waiting.size();
    }

    private void removeFromIndexes(Entry<C, R> entry) {
        entry.orderingKeys()
                .forEach(value -> byOrderingKey.computeIfPresent(
                        value, (unused, others) -> others.remove(entry) && others.isEmpty() ? null : others));
        entry.blockers()
                .forEach(row -> waitingPerRow.computeIfPresent(row, (unused, count) -> count == 1 ? null : count - 1));
    }

    /**
     * Moves commands whose rows are free into a batch, the oldest first, and rejects those past their deadline. Never
     * throws, because the writer must live.
     */
    void takeReady(List<PendingCommand<C, R>> batch, int max) {
        if (size == 0) {
            return;
        }
        List<PendingCommand<C, R>> expired = new ArrayList<>();
        try {
            synchronized (this) {
                dropExpired(expired);
                if (mayHaveReady()) {
                    long releases = lockedRows.releases();
                    take(readyEntries(), batch, max);
                    releasesSeen = releases;
                }
            }
        } catch (RuntimeException | Error e) {
            log.error("queue {}: commands that are set aside cannot be taken up", name, e);
        }
        expired.forEach(pending -> reject(pending, "another session held a row until the deadline"));
    }

    /** All commands of a queue have the same deadline, so the oldest expires first. */
    private void dropExpired(List<PendingCommand<C, R>> expired) {
        long now = System.nanoTime();
        while (!waiting.isEmpty() && waiting.get(0).pending().expired(now)) {
            Entry<C, R> oldest = waiting.remove(0);
            removeFromIndexes(oldest);
            expired.add(oldest.pending());
            rescanNeeded = true;
        }
        size = waiting.size();
    }

    private boolean mayHaveReady() {
        return rescanNeeded || lockedRows.releases() != releasesSeen;
    }

    /** The commands whose rows are free, in order of arrival. */
    private List<Entry<C, R>> readyEntries() {
        Set<Object> blockedKeys = new HashSet<>();
        List<Entry<C, R>> readyEntries = new ArrayList<>();
        for (Entry<C, R> entry : waiting) {
            if (entry.rows().stream().noneMatch(lockedRows::contains)
                    && entry.orderingKeys().stream().noneMatch(blockedKeys::contains)) {
                readyEntries.add(entry);
            } else {
                blockedKeys.addAll(entry.orderingKeys());
            }
        }
        return readyEntries;
    }

    private void take(List<Entry<C, R>> readyEntries, List<PendingCommand<C, R>> batch, int max) {
        Set<Entry<C, R>> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        taken.addAll(readyEntries.subList(0, Math.min(readyEntries.size(), max - batch.size())));
        // Removed before added: an error in between must not take a command twice.
        waiting.removeIf(taken::contains);
        readyEntries.subList(0, taken.size()).forEach(entry -> batch.add(entry.pending()));
        taken.forEach(this::removeFromIndexes);
        size = waiting.size();
        rescanNeeded = taken.size() < readyEntries.size();
    }

    private void reject(PendingCommand<C, R> pending, String why) {
        metrics.rowLocked();
        pending.fail(new RowLocked(why, null));
    }

    /** Removes all waiting commands and adds them to {@code out}. */
    synchronized void drainTo(List<PendingCommand<C, R>> out) {
        waiting.forEach(entry -> out.add(entry.pending()));
        waiting.clear();
        byOrderingKey.clear();
        waitingPerRow.clear();
        size = 0;
    }
}
