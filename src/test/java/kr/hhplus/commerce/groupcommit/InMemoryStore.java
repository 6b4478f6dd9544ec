package kr.hhplus.commerce.groupcommit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A log with transactions, and nothing else of a database: a command is appended, its answer is its place. One lock
 * stands for the rows; a transaction has it from its first statement to its very end.
 */
class InMemoryStore implements BatchStore<Integer, Integer> {

    /** What goes wrong, and when. Throwing is failing. */
    interface Faults {
        default void onBegin() {}

        /** Called when the batch has been written, but not committed. */
        default void onApply(List<Integer> commands) {}

        default CommitFault onCommit() {
            return CommitFault.NONE;
        }

        default void onLookUp() {}
    }

    enum CommitFault {
        NONE,
        /** Fails and has not happened. */
        BEFORE,
        /** Fails and has happened. */
        AFTER,
        /** Fails while it is still under way, and happens. */
        UNDER_WAY,
        /** Fails, and says that all of it was rolled back. */
        ROLLED_BACK
    }

    static final class RolledBack extends RuntimeException {}

    static final class Contended extends RuntimeException {}

    static final class Unreachable extends RuntimeException {}

    private final Faults faults;
    private final Semaphore rows = new Semaphore(1);
    private final List<Integer> log = new ArrayList<>();
    private final Set<Integer> transactions = new HashSet<>();
    private final AtomicInteger transactionNo = new AtomicInteger();
    private final ThreadLocal<Tx> bound = new ThreadLocal<>();
    final List<List<Integer>> attempts = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger begun = new AtomicInteger();

    InMemoryStore(Faults faults) {
        this.faults = faults;
    }

    /** What is committed, once nothing is under way any more. */
    List<Integer> committedLog() {
        rows.acquireUninterruptibly();
        try {
            return List.copyOf(log);
        } finally {
            rows.release();
        }
    }

    @Override
    public Batch<Integer, Integer> begin() {
        begun.incrementAndGet();
        if (bound.get() != null) {
            throw new AssertionError("the writer's thread still has a transaction");
        }
        faults.onBegin();
        Tx tx = new Tx(transactionNo.incrementAndGet());
        bound.set(tx);
        return tx;
    }

    @Override
    public Failure onFailure(RuntimeException failure) {
        return failure instanceof Contended
                ? Failure.CONTENDED
                : failure instanceof Unreachable ? Failure.UNREACHABLE : Failure.NOT_RETRYABLE;
    }

    @Override
    public boolean rolledBack(Throwable failure) {
        return failure instanceof RolledBack;
    }

    private void lockRows() {
        try {
            if (!rows.tryAcquire(5, TimeUnit.SECONDS)) {
                throw new Contended();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    class Tx implements Batch<Integer, Integer> {

        private final int no;
        private final List<Integer> written = new ArrayList<>();
        private boolean locked;

        Tx(int no) {
            this.no = no;
        }

        @Override
        public List<Integer> decide(List<Integer> commands) {
            attempts.add(List.copyOf(commands));
            lockRows();
            locked = true;
            List<Integer> answers = new ArrayList<>();
            for (Integer command : commands) {
                written.add(command);
                answers.add(log.size() + written.size());
            }
            faults.onApply(commands);
            return answers;
        }

        @Override
        public void commit() {
            CommitFault fault = faults.onCommit();
            bound.remove();
            switch (fault) {
                case NONE, AFTER -> makeDurable();
                case BEFORE, ROLLED_BACK -> unlock();
                case UNDER_WAY -> new Thread(this::makeDurable).start();
            }
            if (fault == CommitFault.ROLLED_BACK) {
                throw new RolledBack();
            }
            if (fault != CommitFault.NONE) {
                throw new IllegalStateException("the commit failed");
            }
        }

        private void makeDurable() {
            log.addAll(written);
            transactions.add(no);
            unlock();
        }

        private void unlock() {
            locked = false;
            rows.release();
        }

        @Override
        public void rollback() {
            bound.remove();
            if (locked) {
                unlock();
            }
        }

        @Override
        public boolean isCommitted() {
            faults.onLookUp();
            lockRows();
            try {
                return transactions.contains(no);
            } finally {
                rows.release();
            }
        }
    }
}
