package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestLanes.LIMITS;
import static kr.hhplus.commerce.groupcommit.TestLanes.answerOf;
import static kr.hhplus.commerce.groupcommit.TestLanes.await;
import static kr.hhplus.commerce.groupcommit.TestLanes.failureOf;
import static kr.hhplus.commerce.groupcommit.TestLanes.open;
import static kr.hhplus.commerce.groupcommit.TestLanes.properties;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import kr.hhplus.commerce.groupcommit.InMemoryStore.CommitFault;
import kr.hhplus.commerce.groupcommit.InMemoryStore.Faults;
import kr.hhplus.commerce.groupcommit.TestLanes.Gate;
import org.junit.jupiter.api.Test;

/** A lane under load whose store is well. */
class GroupCommitTests {

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
        try (GroupCommit<Integer, Integer> lane = open(slowCommit)) {
            CompletableFuture<Integer> answer = lane.submit(7);
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
        try (GroupCommit<Integer, Integer> lane = open(store, LIMITS)) {
            CompletableFuture<Integer> alone = lane.submit(0);
            await(gate.reached);
            List<CompletableFuture<Integer>> waiting =
                    IntStream.rangeClosed(1, 5).mapToObj(lane::submit).toList();
            gate.open.countDown();
            assertThat(answerOf(alone)).isEqualTo(1);
            assertThat(waiting.stream().map(TestLanes::answerOf)).containsExactly(2, 3, 4, 5, 6);
            assertThat(store.attempts).containsExactly(List.of(0), List.of(1, 2, 3, 4, 5));
        }
    }

    @Test
    void putsNoMoreThanBatchMaxIntoOneTransaction() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        try (GroupCommit<Integer, Integer> lane = open(store, properties(100, 3))) {
            lane.submit(0);
            await(gate.reached);
            List<CompletableFuture<Integer>> waiting =
                    IntStream.rangeClosed(1, 7).mapToObj(lane::submit).toList();
            gate.open.countDown();
            waiting.forEach(TestLanes::answerOf);
            assertThat(store.attempts).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5, 6), List.of(7));
        }
    }

    @Test
    void refusesAtOnceWhatTheQueueCannotHold() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        try (GroupCommit<Integer, Integer> lane = open(store, properties(2, 10))) {
            lane.submit(0);
            await(gate.reached);
            lane.submit(1);
            CompletableFuture<Integer> last = lane.submit(2);
            CompletableFuture<Integer> tooMuch = lane.submit(3);
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
        try (GroupCommit<Integer, Integer> lane = open(store, properties(deadline, LIMITS.drainTimeout()))) {
            CompletableFuture<Integer> first = lane.submit(0);
            await(gate.reached);
            long submitted = System.nanoTime();
            CompletableFuture<Integer> late = lane.submit(1);
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
        try (GroupCommit<Integer, Integer> lane = open(store, properties(10_000, 7))) {
            List<CompletableFuture<Integer>> answers =
                    IntStream.range(0, 1_000).mapToObj(lane::submit).toList();
            answers.forEach(TestLanes::answerOf);
            assertThat(store.committedLog())
                    .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
        }
    }
}
