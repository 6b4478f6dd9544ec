package kr.hhplus.commerce.groupcommit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A command in the queue and the promise of its answer. Times are of the monotonic clock, in nanoseconds.
 *
 * @param wasSetAside whether it has waited for a row that another session held
 */
record Pending<C, R>(
        C command, long submittedNanos, long deadlineNanos, CompletableFuture<R> answer, boolean wasSetAside) {

    static <C, R> Pending<C, R> of(C command, Duration deadline) {
        long now = System.nanoTime();
        return new Pending<>(command, now, now + deadline.toNanos(), new CompletableFuture<>(), false);
    }

    /** The same command with the same answer, taken up again. */
    Pending<C, R> afterSetAside() {
        return new Pending<>(command, submittedNanos, deadlineNanos, answer, true);
    }

    boolean expired(long nowNanos) {
        return nowNanos - deadlineNanos > 0;
    }

    /** Whether it was submitted before the other one. */
    boolean isBefore(Pending<?, ?> other) {
        return submittedNanos - other.submittedNanos < 0;
    }

    void succeed(R result) {
        answer.complete(result);
    }

    void fail(CommitException why) {
        answer.completeExceptionally(why);
    }
}
