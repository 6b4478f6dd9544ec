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

/** Settles one batch: every command in it succeeds, fails or is set aside, whatever the store does. */
final class BatchCommitter<C, R> {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    private final String queue;
    private final BatchStore<C, R> store;
    private final GroupCommitProperties properties;
    private final CommandQueueMetrics metrics;
    private final SetAside<C, R> setAside;

    BatchCommitter(
            String queue,
            BatchStore<C, R> store,
            GroupCommitProperties properties,
            CommandQueueMetrics metrics,
            SetAside<C, R> setAside) {
        this.queue = queue;
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
            // A bug or a dying JVM: the writer must live, and no caller may wait forever. Commands that already have a
            // result keep it; those set aside get theirs later.
            batch.forEach(pending -> pending.fail(new OutcomeUnknown("the batch ended unexpectedly", e)));
            log.error("queue {}: a batch ended unexpectedly: {}", queue, PendingCommand.describe(batch), e);
        }
    }

    private void settle(List<PendingCommand<C, R>> commands) {
        List<PendingCommand<C, R>> batch = commands;
        for (int attempt = 0; ; attempt++) {
            List<PendingCommand<C, R>> live = setAside.admit(dropExpired(batch));
            if (live.isEmpty()) {
                return;
            }
            Outcome<R> outcome = attempt(live);
            if (outcome instanceof Outcome.Committed<R> committed) {
                for (int i = 0; i < live.size(); i++) {
                    live.get(i).succeed(committed.results().get(i));
                }
                return;
            }
            if (outcome instanceof Outcome.Unknown<R> unknown) {
                metrics.unknown();
                live.forEach(pending ->
                        pending.fail(new OutcomeUnknown("the outcome of the commit is unknown", unknown.cause())));
                return;
            }
            Outcome.Undone<R> undone = (Outcome.Undone<R>) outcome;
            if (undone.failure() == Failure.LOCKED && setAside.findLocked(live)) {
                // The next turn sets aside the commands that want the locked rows, and tries the rest at once.
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
            // The locked row is unknown, and each attempt waits for it. Split: most commands do not want it.
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
            batch.forEach(pending -> pending.fail(new Unavailable("the store cannot be reached", undone.cause())));
        } else if (batch.size() == 1) {
            failIsolated(batch.get(0), undone);
        } else {
            metrics.split();
            int middle = batch.size() / 2;
            settle(batch.subList(0, middle));
            settle(batch.subList(middle, batch.size()));
        }
    }

    private void failIsolated(PendingCommand<C, R> pending, Outcome.Undone<R> undone) {
        switch (undone.failure()) {
            case LOCKED -> {
                metrics.rowLocked();
                pending.fail(new RowLocked("another session holds a row", undone.cause()));
            }
            case CONTENDED -> pending.fail(new Overloaded("other transactions kept conflicting", undone.cause()));
            default -> {
                pending.trace()
                        .run(() -> log.error(
                                "queue {}: command {} failed in isolation", queue, pending.id(), undone.cause()));
                pending.fail(new Failed("the command could not be decided", undone.cause()));
            }
        }
    }

    private Outcome<R> attempt(List<PendingCommand<C, R>> live) {
        metrics.attempted(live.size());
        live.forEach(pending -> pending.trace().attempt(pending.id(), live.size()));
        Outcome<R> outcome = tryOnce(live);
        live.forEach(pending -> pending.trace().attempted(outcome.failureOrNull()));
        return outcome;
    }

    private Outcome<R> tryOnce(List<PendingCommand<C, R>> live) {
        long begun = System.nanoTime();
        Batch<C, R> batch = null;
        List<R> results;
        try {
            batch = store.begin();
            results = batch.apply(live.stream().map(PendingCommand::command).toList());
            if (results.size() != live.size()) {
                throw new IllegalStateException(results.size() + " results of " + live.size() + " commands");
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
            return new Outcome.Committed<>(results);
        } catch (RuntimeException | Error e) {
            if (store.rolledBack(e)) {
                return new Outcome.Undone<>(Failure.CONTENDED, e);
            }
            log.warn("queue {}: commit failed, looking up its outcome: {}", queue, PendingCommand.describe(live), e);
            return lookUpOutcome(batch, results, e);
        }
    }

    private Outcome<R> lookUpOutcome(Batch<C, R> batch, List<R> results, Throwable failure) {
        for (int attempt = 0; attempt <= properties.retriesMax(); attempt++) {
            try {
                return batch.committed()
                        ? new Outcome.Committed<>(results)
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

        default @Nullable Throwable failureOrNull() {
            return null;
        }

        record Committed<R>(List<R> results) implements Outcome<R> {}

        record Undone<R>(Failure failure, Throwable cause) implements Outcome<R> {
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
