package kr.hhplus.commerce.groupcommit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A command in the queue and the future of its result, for one turn. A command that is set aside gets a new object for
 * its next turn, and the old one can no longer fail it. Times are nanoseconds of the monotonic clock.
 */
final class PendingCommand<C, R> {

    private final long id;
    private final C command;
    private final long submittedNanos;
    private final long deadlineNanos;
    private final CompletableFuture<R> result;
    private final CommandTrace trace;
    private final boolean wasSetAside;
    private volatile boolean superseded;

    private PendingCommand(
            long id,
            C command,
            long submittedNanos,
            long deadlineNanos,
            CompletableFuture<R> result,
            CommandTrace trace,
            boolean wasSetAside) {
        this.id = id;
        this.command = command;
        this.submittedNanos = submittedNanos;
        this.deadlineNanos = deadlineNanos;
        this.result = result;
        this.trace = trace;
        this.wasSetAside = wasSetAside;
    }

    /** @param id a number that the queue gives to no other command of this process, for logs and traces */
    static <C, R> PendingCommand<C, R> of(long id, C command, Duration deadline, CommandTrace trace) {
        long now = System.nanoTime();
        return new PendingCommand<>(
                id, command, now, now + deadline.toNanos(), new CompletableFuture<>(), trace, false);
    }

    /** The same command with the same future, for its next turn. */
    PendingCommand<C, R> setAside() {
        superseded = true;
        return new PendingCommand<>(id, command, submittedNanos, deadlineNanos, result, trace, true);
    }

    long id() {
        return id;
    }

    C command() {
        return command;
    }

    CompletableFuture<R> result() {
        return result;
    }

    CommandTrace trace() {
        return trace;
    }

    /** Whether it has waited for a row that another session held. */
    boolean wasSetAside() {
        return wasSetAside;
    }

    long waitedNanos(long nowNanos) {
        return nowNanos - submittedNanos;
    }

    boolean expired(long nowNanos) {
        return nowNanos - deadlineNanos > 0;
    }

    /** Whether it was submitted before the other one. */
    boolean isBefore(PendingCommand<?, ?> other) {
        return submittedNanos - other.submittedNanos < 0;
    }

    void succeed(R value) {
        result.complete(value);
    }

    void fail(CommitException why) {
        if (!superseded) {
            trace.failed(why);
            result.completeExceptionally(why);
        }
    }

    /** Names a batch in a log line: the first command with its request, and how many come after it. */
    static <C, R> String describe(List<PendingCommand<C, R>> batch) {
        PendingCommand<C, R> first = batch.get(0);
        String request = first.trace.requestId() == null ? "" : " (request " + first.trace.requestId() + ")";
        String others = batch.size() == 1 ? "" : " and " + (batch.size() - 1) + " more";
        return "command " + first.id + request + others;
    }
}
