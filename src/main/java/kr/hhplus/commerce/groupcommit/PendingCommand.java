package kr.hhplus.commerce.groupcommit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A command in the queue and the promise of its answer, for one turn: once it is set aside, another object stands for
 * its next turn, and this one can no longer refuse it. Times are of the monotonic clock, in nanoseconds.
 */
final class PendingCommand<C, R> {

    private final C command;
    private final long submittedNanos;
    private final long deadlineNanos;
    private final CompletableFuture<R> answer;
    private final boolean wasSetAside;
    private volatile boolean passedOn;

    private PendingCommand(
            C command, long submittedNanos, long deadlineNanos, CompletableFuture<R> answer, boolean wasSetAside) {
        this.command = command;
        this.submittedNanos = submittedNanos;
        this.deadlineNanos = deadlineNanos;
        this.answer = answer;
        this.wasSetAside = wasSetAside;
    }

    static <C, R> PendingCommand<C, R> of(C command, Duration deadline) {
        long now = System.nanoTime();
        return new PendingCommand<>(command, now, now + deadline.toNanos(), new CompletableFuture<>(), false);
    }

    /** The same command with the same answer, for its next turn. */
    PendingCommand<C, R> setAside() {
        passedOn = true;
        return new PendingCommand<>(command, submittedNanos, deadlineNanos, answer, true);
    }

    C command() {
        return command;
    }

    CompletableFuture<R> answer() {
        return answer;
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

    void succeed(R result) {
        answer.complete(result);
    }

    void fail(CommitException why) {
        if (!passedOn) {
            answer.completeExceptionally(why);
        }
    }
}
