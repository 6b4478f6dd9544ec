package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.LIMITS;
import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.await;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kr.hhplus.commerce.groupcommit.CommitException.Failed;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import kr.hhplus.commerce.groupcommit.CommitException.Unavailable;
import kr.hhplus.commerce.groupcommit.InMemoryStore.Contended;
import kr.hhplus.commerce.groupcommit.InMemoryStore.Faults;
import kr.hhplus.commerce.groupcommit.InMemoryStore.Unreachable;
import org.junit.jupiter.api.Test;

/** A batch whose transaction does not come to its commit. */
class FailingStoreTests {

    private static final int POISON = 666;

    /** Holds the first batch back, so that everything submitted meanwhile is one batch; then does as told. */
    private abstract static class Then implements Faults {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        @Override
        public void onApply(List<Integer> commands) {
            if (commands.contains(0)) {
                reached.countDown();
                await(open);
            } else {
                then(commands);
            }
        }

        void then(List<Integer> commands) {}

        List<CompletableFuture<Integer>> submitTogether(CommandQueue<Integer, Integer> queue, Integer... commands) {
            queue.submit(0);
            await(reached);
            List<CompletableFuture<Integer>> answers =
                    List.of(commands).stream().map(queue::submit).toList();
            open.countDown();
            return answers;
        }
    }

    @Test
    void triesABatchThatWasInTheWayAgainAsItIs() {
        AtomicInteger contended = new AtomicInteger();
        Then faults = new Then() {
            @Override
            void then(List<Integer> commands) {
                if (contended.incrementAndGet() <= LIMITS.retriesMax()) {
                    throw new Contended();
                }
            }
        };
        InMemoryStore store = new InMemoryStore(faults);
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            List<CompletableFuture<Integer>> answers = faults.submitTogether(queue, 1, 2, 3);
            assertThat(answers.stream().map(TestQueues::answerOf)).containsExactly(2, 3, 4);
            assertThat(store.attempts)
                    .containsExactly(List.of(0), List.of(1, 2, 3), List.of(1, 2, 3), List.of(1, 2, 3));
        }
    }

    @Test
    void splitsWhatStaysInTheWayAfterItsRetries() {
        Then faults = new Then() {
            @Override
            void then(List<Integer> commands) {
                if (commands.size() > 1) {
                    throw new Contended();
                }
            }
        };
        InMemoryStore store = new InMemoryStore(faults);
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            List<CompletableFuture<Integer>> answers = faults.submitTogether(queue, 1, 2);
            assertThat(answers.stream().map(TestQueues::answerOf)).containsExactly(2, 3);
            assertThat(store.attempts)
                    .containsExactly(List.of(0), List.of(1, 2), List.of(1, 2), List.of(1, 2), List.of(1), List.of(2));
        }
    }

    @Test
    void refusesWithoutEffectTheCommandThatOthersStayInTheWayOf() {
        Then faults = new Then() {
            @Override
            void then(List<Integer> commands) {
                throw new Contended();
            }
        };
        InMemoryStore store = new InMemoryStore(faults);
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            List<CompletableFuture<Integer>> answers = faults.submitTogether(queue, 1, 2);
            answers.forEach(answer -> assertThat(failureOf(answer)).isInstanceOf(Overloaded.class));
            assertThat(store.committedLog()).containsExactly(0);
        }
    }

    @Test
    void splitsUntilThePoisonousCommandStandsAloneAndItsNeighboursSucceed() {
        Then faults = new Then() {
            @Override
            void then(List<Integer> commands) {
                if (commands.contains(POISON)) {
                    throw new IllegalStateException("an invariant is broken");
                }
            }
        };
        InMemoryStore store = new InMemoryStore(faults);
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            List<CompletableFuture<Integer>> answers = faults.submitTogether(queue, 1, 2, 3, 4, POISON, 6, 7);
            assertThat(failureOf(answers.get(4))).isInstanceOf(Failed.class);
            IntStream.of(0, 1, 2, 3, 5, 6).forEach(i -> answerOf(answers.get(i)));
            assertThat(store.committedLog()).containsExactly(0, 1, 2, 3, 4, 6, 7);
            assertThat(store.attempts)
                    .containsExactly(
                            List.of(0),
                            List.of(1, 2, 3, 4, POISON, 6, 7),
                            List.of(1, 2, 3),
                            List.of(4, POISON, 6, 7),
                            List.of(4, POISON),
                            List.of(4),
                            List.of(POISON),
                            List.of(6, 7));
        }
    }

    @Test
    void failsAWholeBatchWithoutSplittingWhenTheStoreIsOutOfReach() {
        AtomicInteger calls = new AtomicInteger();
        Then faults = new Then() {
            @Override
            public void onBegin() {
                if (calls.incrementAndGet() > 1) {
                    throw new Unreachable();
                }
            }
        };
        InMemoryStore store = new InMemoryStore(faults);
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            List<CompletableFuture<Integer>> answers = faults.submitTogether(queue, 1, 2, 3, 4, 5);
            answers.forEach(answer -> assertThat(failureOf(answer)).isInstanceOf(Unavailable.class));
            assertThat(store.begun).hasValue(1 + 1 + LIMITS.retriesMax());
            assertThat(store.committedLog()).containsExactly(0);
        }
    }

    @Test
    void outlivesAnErrorAndLeavesNothingOfItsBatchBehind() {
        Then faults = new Then() {
            @Override
            void then(List<Integer> commands) {
                if (commands.contains(POISON)) {
                    throw new StackOverflowError("thrown by the store");
                }
            }
        };
        InMemoryStore store = new InMemoryStore(faults);
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            List<CompletableFuture<Integer>> answers = faults.submitTogether(queue, 1, POISON);
            assertThat(failureOf(answers.get(1))).isInstanceOf(Failed.class);
            assertThat(answerOf(answers.get(0))).isEqualTo(2);
            assertThat(answerOf(queue.submit(3))).isEqualTo(3);
            assertThat(store.committedLog()).containsExactly(0, 1, 3);
        }
    }

    @Test
    void commitsNothingWhenAnAnswerIsMissing() {
        InMemoryStore store = new InMemoryStore(new Faults() {}) {
            @Override
            public Batch<Integer, Integer> begin() {
                super.begin();
                return new Tx(1) {
                    @Override
                    public List<Integer> decide(List<Integer> commands) {
                        return super.decide(commands).subList(1, commands.size());
                    }
                };
            }
        };
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            assertThat(failureOf(queue.submit(1))).isInstanceOf(Failed.class);
            assertThat(store.committedLog()).isEmpty();
        }
    }
}
