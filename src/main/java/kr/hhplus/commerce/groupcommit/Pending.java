package kr.hhplus.commerce.groupcommit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A command in the queue and the promise of its answer. Times are of the monotonic clock, in nanoseconds. */
record Pending<C, R>(C command, long submittedNanos, long deadlineNanos, CompletableFuture<R> answer) {

    static <C, R> Pending<C, R> of(C command, Duration deadline) {
        long now = System.nanoTime();
        return new Pending<>(command, now, now + deadline.toNanos(), new CompletableFuture<>());
    }

    boolean expired(long nowNanos) {
        return nowNanos - deadlineNanos > 0;
    }

    void succeed(R result) {
        answer.complete(result);
    }

    void fail(CommitException why) {
        answer.completeExceptionally(why);
    }
}
