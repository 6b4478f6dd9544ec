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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Completes one batch: every command in it succeeds, fails or is set aside, whatever the store does. */
final class BatchCommitter<C, R> {

    private static final Logger log = LoggerFactory.getLogger(CommandQueue.class);

    private final String queue;
    private final BatchStore<C, R> store;
    private final GroupCommitProperties properties;
    private final CommandQueueMetrics metrics;
    private final LockWaitList<C, R> lockWaitList;

    BatchCommitter(
            String queue,
            BatchStore<C, R> store,
            GroupCommitProperties properties,
            CommandQueueMetrics metrics,
            LockWaitList<C, R> lockWaitList) {
        this.queue = queue;
        this.store = store;
        this.properties = properties;
        this.metrics = metrics;
        this.lockWaitList = lockWaitList;
    }

    void commit(List<PendingCommand<C, R>> batch) {
        try {
            long now = System.nanoTime();
            batch.stream()
                    .filter(pending -> !pending.wasSetAside())
                    .forEach(pending -> metrics.waited(pending.waitedNanos(now)));
            commitOrSplit(batch);
        } catch (RuntimeException | Error e) {
            // A bug or a dying JVM: the writer must live, and no caller may wait forever. Commands that already have a
            // result keep it; those set aside get theirs later.
            batch.forEach(pending -> pending.fail(new OutcomeUnknown("the batch ended unexpectedly", e)));
            log.error("queue {}: a batch ended unexpectedly: {}", queue, PendingCommand.describe(batch), e);
        }
    }

    private void commitOrSplit(List<PendingCommand<C, R>> commands) {
        List<PendingCommand<C, R>> batch = commands;
        int retries = 0;
        while (true) {
            List<PendingCommand<C, R>> runnable = lockWaitList.selectRunnable(dropExpired(batch));
            if (runnable.isEmpty()) {
                return;
            }
            Outcome<R> outcome = attempt(runnable);
            if (outcome instanceof Outcome.Committed<R> committed) {
                for (int i = 0; i < runnable.size(); i++) {
                    runnable.get(i).succeed(committed.results().get(i));
                }
                return;
            }
            if (outcome instanceof Outcome.Unknown<R> unknown) {
                metrics.unknown();
                runnable.forEach(pending ->
                        pending.fail(new OutcomeUnknown("the outcome of the commit is unknown", unknown.cause())));
                return;
            }
            Outcome.RolledBack<R> rolledBack = (Outcome.RolledBack<R>) outcome;
            if (rolledBack.failure() == Failure.LOCKED && lockWaitList.findLockedRows(runnable)) {
                // The next turn sets aside the commands that want the locked rows, and tries the rest at once. It does
                // not count as a retry.
                batch = runnable;
                metrics.retried();
                continue;
            }
            if (retries >= retriesMax(rolledBack.failure(), runnable.size())) {
                giveUp(runnable, rolledBack);
                return;
            }
            batch = runnable;
            metrics.retried();
            pause(retries);
            retries++;
        }
    }

    private int retriesMax(Failure failure, int commands) {
        return switch (failure) {
            case NOT_RETRYABLE -> 0;
            // The locked row is unknown, and each attempt waits for it. Split: most commands do not want it.
            case LOCKED -> commands > 1 ? 0 : Math.min(1, properties.retriesMax());
            case CONTENDED, DUPLICATE, UNREACHABLE -> properties.retriesMax();
        };
    }

    private List<PendingCommand<C, R>> dropExpired(List<PendingCommand<C, R>> batch) {
        long now = System.nanoTime();
        List<PendingCommand<C, R>> runnable = new ArrayList<>(batch.size());
        for (PendingCommand<C, R> pending : batch) {
            if (pending.expired(now) && pending.wasSetAside()) {
                metrics.rowLocked();
                pending.fail(new RowLocked("another session held a row until the deadline", null));
            } else if (pending.expired(now)) {
                metrics.expired();
                pending.fail(new Overloaded("the deadline passed before the command was decided"));
            } else {
                runnable.add(pending);
            }
        }
        return runnable;
    }

    private void giveUp(List<PendingCommand<C, R>> batch, Outcome.RolledBack<R> rolledBack) {
        if (rolledBack.failure() == Failure.UNREACHABLE) {
            batch.forEach(pending -> pending.fail(new Unavailable("the store cannot be reached", rolledBack.cause())));
        } else if (batch.size() == 1) {
            failIsolated(batch.get(0), rolledBack);
        } else {
            metrics.split();
            int middle = batch.size() / 2;
            commitOrSplit(batch.subList(0, middle));
            commitOrSplit(batch.subList(middle, batch.size()));
        }
    }

    private void failIsolated(PendingCommand<C, R> pending, Outcome.RolledBack<R> rolledBack) {
        switch (rolledBack.failure()) {
            case LOCKED -> {
                metrics.rowLocked();
                pending.fail(new RowLocked("another session holds a row", rolledBack.cause()));
            }
            case CONTENDED -> pending.fail(new Overloaded("other transactions kept conflicting", rolledBack.cause()));
            default -> {
                pending.trace()
                        .run(() -> log.error(
                                "queue {}: command {} failed in isolation", queue, pending.id(), rolledBack.cause()));
                pending.fail(new Failed("the command could not be decided", rolledBack.cause()));
            }
        }
    }

    private Outcome<R> attempt(List<PendingCommand<C, R>> runnable) {
        metrics.attempted(runnable.size());
        runnable.forEach(pending -> pending.trace().attempt(pending.id(), runnable.size()));
        Outcome<R> outcome = tryOnce(runnable);
        runnable.forEach(pending -> pending.trace().attempted(outcome.failureOrNull()));
        return outcome;
    }

    private Outcome<R> tryOnce(List<PendingCommand<C, R>> runnable) {
        long begun = System.nanoTime();
        Batch<C, R> batch = null;
        List<R> results;
        try {
            batch = store.begin();
            results =
                    batch.decide(runnable.stream().map(PendingCommand::command).toList());
            if (results.size() != runnable.size()) {
                throw new IllegalStateException(results.size() + " results of " + runnable.size() + " commands");
            }
        } catch (RuntimeException | Error e) {
            if (batch != null) {
                batch.rollback();
            }
            return new Outcome.RolledBack<>(
                    e instanceof RuntimeException failure ? store.onFailure(failure) : Failure.NOT_RETRYABLE, e);
        }
        long decided = System.nanoTime();
        metrics.decided(decided - begun);
        try {
            batch.commit();
            metrics.committed(System.nanoTime() - decided);
            return new Outcome.Committed<>(results);
        } catch (RuntimeException | Error e) {
            if (store.rolledBack(e)) {
                return new Outcome.RolledBack<>(Failure.CONTENDED, e);
            }
            log.warn(
                    "queue {}: commit failed, looking up its outcome: {}", queue, PendingCommand.describe(runnable), e);
            return lookUpOutcome(batch, results, e);
        }
    }

    private Outcome<R> lookUpOutcome(Batch<C, R> batch, List<R> results, Throwable failure) {
        for (int attempt = 0; attempt <= properties.retriesMax(); attempt++) {
            try {
                return batch.isCommitted()
                        ? new Outcome.Committed<>(results)
                        : new Outcome.RolledBack<>(Failure.UNREACHABLE, failure);
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

        default @Nullable Throwable failureOrNull() {
            return null;
        }

        record Committed<R>(List<R> results) implements Outcome<R> {}

        record RolledBack<R>(Failure failure, Throwable cause) implements Outcome<R> {
            @Override
            public Throwable failureOrNull() {
                return cause;
            }
        }

        record Unknown<R>(Throwable cause) implements Outcome<R> {
            @Override
            public Throwable failureOrNull() {
                return cause;
            }
        }
    }
}
