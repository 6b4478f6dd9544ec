package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.LIMITS;
import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.await;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.open;
import static kr.hhplus.commerce.groupcommit.TestQueues.properties;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import kr.hhplus.commerce.groupcommit.InMemoryStore.CommitFault;
import kr.hhplus.commerce.groupcommit.InMemoryStore.Faults;
import kr.hhplus.commerce.groupcommit.TestQueues.Gate;
import org.junit.jupiter.api.Test;

/** A queue under load whose store is well. */
class CommandQueueTests {

    @Test
    void answersOnlyAfterTheCommit() {
        CountDownLatch committing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Faults slowCommit = new Faults() {
            @Override
            public CommitFault onCommit() {
                committing.countDown();
                await(go);
                return CommitFault.NONE;
            }
        };
        try (CommandQueue<Integer, Integer> queue = open(slowCommit)) {
            CompletableFuture<Integer> answer = queue.submit(7);
            await(committing);
            assertThat(answer).isNotDone();
            go.countDown();
            assertThat(answerOf(answer)).isEqualTo(1);
        }
    }

    @Test
    void takesWhateverWaitsAndNeverWaitsForMore() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            CompletableFuture<Integer> alone = queue.submit(0);
            await(gate.reached);
            List<CompletableFuture<Integer>> waiting =
                    IntStream.rangeClosed(1, 5).mapToObj(queue::submit).toList();
            gate.open.countDown();
            assertThat(answerOf(alone)).isEqualTo(1);
            assertThat(waiting.stream().map(TestQueues::answerOf)).containsExactly(2, 3, 4, 5, 6);
            assertThat(store.attempts).containsExactly(List.of(0), List.of(1, 2, 3, 4, 5));
        }
    }

    @Test
    void putsNoMoreThanBatchMaxIntoOneTransaction() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        try (CommandQueue<Integer, Integer> queue = open(store, properties(100, 3))) {
            queue.submit(0);
            await(gate.reached);
            List<CompletableFuture<Integer>> waiting =
                    IntStream.rangeClosed(1, 7).mapToObj(queue::submit).toList();
            gate.open.countDown();
            waiting.forEach(TestQueues::answerOf);
            assertThat(store.attempts).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5, 6), List.of(7));
        }
    }

    @Test
    void refusesAtOnceWhatTheQueueCannotHold() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        try (CommandQueue<Integer, Integer> queue = open(store, properties(2, 10))) {
            queue.submit(0);
            await(gate.reached);
            queue.submit(1);
            CompletableFuture<Integer> last = queue.submit(2);
            CompletableFuture<Integer> tooMuch = queue.submit(3);
            assertThat(tooMuch).isCompletedExceptionally();
            assertThat(failureOf(tooMuch)).isInstanceOf(Overloaded.class);
            gate.open.countDown();
            answerOf(last);
            assertThat(store.committedLog()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void dropsUndecidedWhatHasWaitedPastItsDeadline() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        Duration deadline = Duration.ofMillis(300);
        try (CommandQueue<Integer, Integer> queue = open(store, properties(deadline, LIMITS.drainTimeout()))) {
            CompletableFuture<Integer> first = queue.submit(0);
            await(gate.reached);
            long submitted = System.nanoTime();
            CompletableFuture<Integer> late = queue.submit(1);
            org.awaitility.Awaitility.await().until(() -> System.nanoTime() - submitted > 2 * deadline.toNanos());
            gate.open.countDown();
            assertThat(failureOf(late)).isInstanceOf(Overloaded.class);
            assertThat(answerOf(first)).isEqualTo(1);
            assertThat(store.attempts).containsExactly(List.of(0));
            assertThat(store.committedLog()).containsExactly(0);
        }
    }

    @Test
    void decidesInTheOrderOfArrival() {
        InMemoryStore store = new InMemoryStore(new Faults() {});
        try (CommandQueue<Integer, Integer> queue = open(store, properties(10_000, 7))) {
            List<CompletableFuture<Integer>> answers =
                    IntStream.range(0, 1_000).mapToObj(queue::submit).toList();
            answers.forEach(TestQueues::answerOf);
            assertThat(store.committedLog())
                    .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        }
    }
}
