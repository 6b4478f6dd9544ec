package kr.hhplus.commerce.groupcommit;

import static java.util.concurrent.CompletableFuture.runAsync;
import static kr.hhplus.commerce.groupcommit.TestQueues.LIMITS;
import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.await;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.open;
import static kr.hhplus.commerce.groupcommit.TestQueues.properties;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import kr.hhplus.commerce.groupcommit.InMemoryStore.Faults;
import kr.hhplus.commerce.groupcommit.TestQueues.Gate;
import org.junit.jupiter.api.Test;

/** A queue that stops while commands wait in it, and while others arrive. */
class ClosingQueueTests {

    private static final int SUBMITTERS = 4;

    @Test
    void finishesWhatItHadAcceptedAndRefusesTheRest() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        CommandQueue<Integer, Integer> queue = open(store, properties(100, 3));
        queue.submit(0);
        await(gate.reached);
        List<CompletableFuture<Integer>> accepted =
                IntStream.rangeClosed(1, 20).mapToObj(queue::submit).toList();
        CompletableFuture<Void> closed = runAsync(queue::close);
        org.awaitility.Awaitility.await().until(() -> queue.submit(99).isCompletedExceptionally());
        gate.open.countDown();
        closed.join();
        assertThat(accepted).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(store.committedLog()).startsWith(0, 1, 2).contains(20);
        assertThat(failureOf(queue.submit(21))).isInstanceOf(Overloaded.class);
        assertThat(store.committedLog()).doesNotContain(21);
    }

    @Test
    void refusesWhatItCannotFinishWithinTheDrain() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        CommandQueue<Integer, Integer> queue = open(store, properties(LIMITS.deadline(), Duration.ofMillis(20)));
        CompletableFuture<Integer> inHand = queue.submit(0);
        await(gate.reached);
        CompletableFuture<Integer> waiting = queue.submit(1);
        queue.close();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(failureOf(waiting)).isInstanceOf(Overloaded.class);
        gate.open.countDown();
        assertThat(answerOf(inHand)).isEqualTo(1);
        assertThat(store.committedLog()).containsExactly(0);
    }

    /** A round waits up to 100 ms for an idle writer to see the stop, so many are run side by side. */
    @Test
    void leavesNoAnswerOutHoweverSubmitAndCloseRace() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> races = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                races.add(threads.submit(() -> {
                    for (int round = 0; round < 25; round++) {
                        race(threads);
                    }
                    return null;
                }));
            }
            for (Future<?> race : races) {
                race.get(5, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Submits without pause while the queue closes, so that the writer is never idle and stops at once. */
    private static void race(ExecutorService threads) throws Exception {
        InMemoryStore store = new InMemoryStore(new Faults() {});
        CommandQueue<Integer, Integer> queue = open(store, properties(4, 4));
        AtomicBoolean closing = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(SUBMITTERS);
        List<Future<List<CompletableFuture<Integer>>>> submitters = IntStream.range(0, SUBMITTERS)
                .mapToObj(i -> threads.submit(() -> {
                    List<CompletableFuture<Integer>> answers = new ArrayList<>();
                    started.countDown();
                    do {
                        answers.add(queue.submit(i));
                    } while (!closing.get());
                    return answers;
                }))
                .toList();
        await(started);
        closing.set(true);
        queue.close();
        int succeeded = 0;
        for (Future<List<CompletableFuture<Integer>>> submitter : submitters) {
            for (CompletableFuture<Integer> answer : submitter.get(30, TimeUnit.SECONDS)) {
                if (!answer.isDone()) {
                    throw new AssertionError("an answer was left out");
                }
                succeeded += answer.isCompletedExceptionally() ? 0 : 1;
            }
        }
        assertThat(store.committedLog()).hasSize(succeeded);
    }
}
