package kr.hhplus.commerce.groupcommit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A store of rows that strangers can lock. A command counts up each of its rows; its answer is what they then say. A
 * transaction waits a moment for a stranger, then times out, as on a database.
 */
final class RowStore
        implements BatchStore<RowStore.Command, Map<Integer, Integer>>, CommandRows<RowStore.Command>, RowProbe {

    private static final RowTable TABLE = new RowTable("row", 1, "id");

    /** Rows from here on are locked as an INSERT locks: nobody can name them beforehand, and no probe sees them. */
    static final int UNNAMED = 1_000;

    /** @param key null: without one */
    record Command(int id, int user, Set<Integer> rows, String key) {}

    static final class LockTimeout extends RuntimeException {}

    private final long lockWaitNanos;
    private final Set<Integer> strangers = ConcurrentHashMap.newKeySet();
    private final Semaphore writing = new Semaphore(1);
    private final Map<Integer, Integer> counts = new HashMap<>();
    private final List<Command> log = Collections.synchronizedList(new ArrayList<>());
    final List<List<Command>> attempts = Collections.synchronizedList(new ArrayList<>());

    RowStore(long lockWaitNanos) {
        this.lockWaitNanos = lockWaitNanos;
    }

    static RowKey key(int row) {
        return TABLE.row(row);
    }

    void lock(int row) {
        strangers.add(row);
    }

    void unlock(int row) {
        strangers.remove(row);
    }

    void unlockAll() {
        strangers.clear();
    }

    boolean isLocked(int row) {
        return strangers.contains(row);
    }

    List<Command> log() {
        return List.copyOf(log);
    }

    @Override
    public List<Set<RowKey>> rowsOf(List<Command> commands) {
        return commands.stream()
                .map(command -> command.rows().stream()
                        .filter(row -> row < UNNAMED)
                        .map(RowStore::key)
                        .collect(Collectors.toSet()))
                .toList();
    }

    @Override
    public Set<Object> orderingKeysOf(Command command) {
        Set<Object> sequence = new HashSet<>(Set.of(command.user()));
        if (command.key() != null) {
            sequence.add(command.key());
        }
        return sequence;
    }

    @Override
    public Set<RowKey> locked(Collection<RowKey> rows) {
        return rows.stream()
                .filter(row -> strangers.contains((Integer) row.key().get(0)))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean awaitFree(RowKey row) {
        return await((Integer) row.key().get(0));
    }

    @Override
    public Optional<String> holderOf(RowKey row) {
        return Optional.of("a stranger");
    }

    private boolean await(int row) {
        long end = System.nanoTime() + lockWaitNanos;
        while (strangers.contains(row)) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(50_000);
        }
        return true;
    }

    @Override
    public Failure onFailure(RuntimeException failure) {
        return failure instanceof LockTimeout ? Failure.LOCKED : Failure.NOT_RETRYABLE;
    }

    @Override
    public Batch<Command, Map<Integer, Integer>> begin() {
        return new Tx();
    }

    private final class Tx implements Batch<Command, Map<Integer, Integer>> {

        private final Map<Integer, Integer> written = new HashMap<>();
        private List<Command> commands = List.of();
        private boolean locked;

        @Override
        public List<Map<Integer, Integer>> decide(List<Command> batch) {
            attempts.add(List.copyOf(batch));
            commands = List.copyOf(batch);
            for (Command command : batch) {
                for (int row : command.rows()) {
                    if (!await(row)) {
                        throw new LockTimeout();
                    }
                }
            }
            try {
                locked = writing.tryAcquire(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            List<Map<Integer, Integer>> answers = new ArrayList<>();
            for (Command command : batch) {
                Map<Integer, Integer> answer = new HashMap<>();
                for (int row : command.rows()) {
                    answer.put(row, written.merge(row, counts.getOrDefault(row, 0) + 1, (now, unused) -> now + 1));
                }
                answers.add(answer);
            }
            return answers;
        }

        @Override
        public void commit() {
            counts.putAll(written);
            log.addAll(commands);
            locked = false;
            writing.release();
        }

        @Override
        public void rollback() {
            if (locked) {
                writing.release();
            }
        }

        @Override
        public boolean isCommitted() {
            throw new AssertionError("no commit fails here");
        }
    }
}
