package kr.hhplus.commerce.groupcommit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import kr.hhplus.commerce.groupcommit.BatchStore.Batch;
import kr.hhplus.commerce.groupcommit.BatchStore.Failure;
import kr.hhplus.commerce.groupcommit.CommitException.Failed;
import kr.hhplus.commerce.groupcommit.CommitException.OutcomeUnknown;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import kr.hhplus.commerce.groupcommit.CommitException.RowLocked;
import kr.hhplus.commerce.groupcommit.CommitException.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one batch to an end: every command in it is answered, failed or set aside, whatever the store does. */
final class BatchCommitter<C, R> {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private final BatchStore<C, R> store;
    private final GroupCommitProperties properties;
    private final CommandQueueMetrics metrics;
    private final SetAside<C, R> setAside;

    BatchCommitter(
            BatchStore<C, R> store,
            GroupCommitProperties properties,
            CommandQueueMetrics metrics,
            SetAside<C, R> setAside) {
        this.store = store;
        this.properties = properties;
        this.metrics = metrics;
        this.setAside = setAside;
    }

    void commit(List<PendingCommand<C, R>> batch) {
        try {
            long now = System.nanoTime();
            batch.stream()
                    .filter(pending -> !pending.wasSetAside())
                    .forEach(pending -> metrics.waited(pending.waitedNanos(now)));
            settle(batch);
        } catch (RuntimeException | Error e) {
            // A bug or a dying JVM: the writer must live, and nobody may wait for ever. Who has an answer keeps it, and
            // what was set aside will have one.
            batch.forEach(pending -> pending.fail(new OutcomeUnknown("the batch ended unexpectedly", e)));
            log.error("a batch of {} ended unexpectedly", batch.size(), e);
        }
    }

    void rest() {
        store.rest();
    }

    private void settle(List<PendingCommand<C, R>> commands) {
        List<PendingCommand<C, R>> batch = commands;
        for (int attempt = 0; ; attempt++) {
            if (setAside.isNeeded()) {
                // Rows are read on a connection of its own: of a small pool, this thread must not hold another.
                store.rest();
            }
            List<PendingCommand<C, R>> live = setAside.admit(dropExpired(batch));
            if (live.isEmpty()) {
                return;
            }
            Outcome<R> outcome = attempt(live);
            if (outcome instanceof Outcome.Committed<R> committed) {
                for (int i = 0; i < live.size(); i++) {
                    live.get(i).succeed(committed.answers().get(i));
                }
                return;
            }
            if (outcome instanceof Outcome.Unknown<R> unknown) {
                metrics.unknown();
                live.forEach(pending -> pending.fail(new OutcomeUnknown("the commit's outcome", unknown.cause())));
                return;
            }
            Outcome.Undone<R> undone = (Outcome.Undone<R>) outcome;
            if (undone.failure() == Failure.LOCKED && setAside.findLocked(live)) {
                // What wants the locked rows is set aside at the next turn, and the rest is tried at once.
                batch = live;
                attempt--;
                metrics.retried();
                continue;
            }
            if (attempt >= retriesMax(undone.failure(), live.size())) {
                giveUp(live, undone);
                return;
            }
            batch = live;
            metrics.retried();
            pause(attempt);
        }
    }

    private int retriesMax(Failure failure, int commands) {
        return switch (failure) {
            case POISONED -> 0;
            // Nobody knows the row, and each attempt waits for it: apart, most do not want it. It may be free by now.
            case LOCKED -> commands > 1 ? 0 : Math.min(1, properties.retriesMax());
            case CONTENDED, DUPLICATE, UNREACHABLE -> properties.retriesMax();
        };
    }

    private List<PendingCommand<C, R>> dropExpired(List<PendingCommand<C, R>> batch) {
        long now = System.nanoTime();
        List<PendingCommand<C, R>> live = new ArrayList<>(batch.size());
        for (PendingCommand<C, R> pending : batch) {
            if (pending.expired(now) && pending.wasSetAside()) {
                metrics.rowLocked();
                pending.fail(new RowLocked("another session held a row until the deadline", null));
            } else if (pending.expired(now)) {
                metrics.expired();
                pending.fail(new Overloaded("the deadline passed before the command was decided"));
            } else {
                live.add(pending);
            }
        }
        return live;
    }

    private void giveUp(List<PendingCommand<C, R>> batch, Outcome.Undone<R> undone) {
        if (undone.failure() == Failure.UNREACHABLE) {
            batch.forEach(pending -> pending.fail(new Unavailable("the store is out of reach", undone.cause())));
        } else if (batch.size() == 1) {
            failAlone(batch.get(0), undone);
        } else {
            metrics.split();
            int middle = batch.size() / 2;
            settle(batch.subList(0, middle));
            settle(batch.subList(middle, batch.size()));
        }
    }

    private void failAlone(PendingCommand<C, R> pending, Outcome.Undone<R> undone) {
        switch (undone.failure()) {
            case LOCKED -> {
                metrics.rowLocked();
                pending.fail(new RowLocked("another session holds a row", undone.cause()));
            }
            case CONTENDED -> pending.fail(new Overloaded("other transactions stayed in the way", undone.cause()));
            default -> {
                log.error("a command failed alone", undone.cause());
                pending.fail(new Failed("the command could not be decided", undone.cause()));
            }
        }
    }

    private Outcome<R> attempt(List<PendingCommand<C, R>> live) {
        metrics.attempted(live.size());
        long begun = System.nanoTime();
        Batch<C, R> batch = null;
        List<R> answers;
        try {
            batch = store.begin();
            answers = batch.apply(live.stream().map(PendingCommand::command).toList());
            if (answers.size() != live.size()) {
                throw new IllegalStateException(answers.size() + " answers to " + live.size() + " commands");
            }
        } catch (RuntimeException | Error e) {
            if (batch != null) {
                batch.rollback();
            }
            return new Outcome.Undone<>(
                    e instanceof RuntimeException failure ? store.classify(failure) : Failure.POISONED, e);
        }
        long decided = System.nanoTime();
        metrics.decided(decided - begun);
        try {
            batch.commit();
            metrics.committed(System.nanoTime() - decided);
            return new Outcome.Committed<>(answers);
        } catch (RuntimeException | Error e) {
            if (store.rolledBack(e)) {
                return new Outcome.Undone<>(Failure.CONTENDED, e);
            }
            log.warn("a commit failed; looking up whether it happened", e);
            return lookUp(batch, answers, e);
        }
    }

    private Outcome<R> lookUp(Batch<C, R> batch, List<R> answers, Throwable failure) {
        for (int attempt = 0; attempt <= properties.retriesMax(); attempt++) {
            try {
                return batch.committed()
                        ? new Outcome.Committed<>(answers)
                        : new Outcome.Undone<>(Failure.UNREACHABLE, failure);
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
                pause(attempt);
            }
        }
        return new Outcome.Unknown<>(failure);
    }

    private void pause(int attempt) {
        long base = properties.backoff().toNanos() << Math.min(attempt, 10);
        LockSupport.parkNanos(base / 2 + ThreadLocalRandom.current().nextLong(base + 1));
    }

    private sealed interface Outcome<R> {
        record Committed<R>(List<R> answers) implements Outcome<R> {}

        record Undone<R>(Failure failure, Throwable cause) implements Outcome<R> {}

        record Unknown<R>(Throwable cause) implements Outcome<R> {}
    }
}
