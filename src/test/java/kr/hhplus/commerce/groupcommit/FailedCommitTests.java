package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.LIMITS;
import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.await;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.groupcommit.CommitException.OutcomeUnknown;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import kr.hhplus.commerce.groupcommit.CommitException.Unavailable;
import kr.hhplus.commerce.groupcommit.InMemoryStore.CommitFault;
import kr.hhplus.commerce.groupcommit.InMemoryStore.Faults;
import kr.hhplus.commerce.groupcommit.InMemoryStore.Unreachable;
import kr.hhplus.commerce.groupcommit.TestQueues.Gate;
import org.junit.jupiter.api.Test;

/** A commit that fails, which says nothing about whether it happened. */
class FailedCommitTests {

    private static final class Commits implements Faults {
        private final Queue<CommitFault> faults;
        int lookUpsFailing;
        int lookUps;

        Commits(CommitFault... faults) {
            this.faults = new ArrayDeque<>(List.of(faults));
        }

        @Override
        public CommitFault onCommit() {
            return faults.isEmpty() ? CommitFault.NONE : faults.remove();
        }

        @Override
        public void onLookUp() {
            lookUps++;
            if (lookUpsFailing-- > 0) {
                throw new Unreachable();
            }
        }
    }

    @Test
    void succeedsOnceWhenItHadHappened() {
        assertAnsweredAndAppliedOnce(new Commits(CommitFault.AFTER), 1);
    }

    @Test
    void succeedsOnceWhenItWasStillUnderWay() {
        assertAnsweredAndAppliedOnce(new Commits(CommitFault.UNDER_WAY), 1);
    }

    @Test
    void isTriedAgainWhenItHadNotHappened() {
        assertAnsweredAndAppliedOnce(new Commits(CommitFault.BEFORE), 2);
    }

    @Test
    void isLookedUpUntilTheStoreCanTell() {
        Commits commits = new Commits(CommitFault.AFTER);
        commits.lookUpsFailing = LIMITS.retriesMax();
        assertAnsweredAndAppliedOnce(commits, 1);
    }

    @Test
    void isUnavailableWhenItNeverHappens() {
        InMemoryStore store =
                new InMemoryStore(new Commits(CommitFault.BEFORE, CommitFault.BEFORE, CommitFault.BEFORE));
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            assertThat(failureOf(queue.submit(1))).isInstanceOf(Unavailable.class);
            assertThat(store.committedLog()).isEmpty();
        }
    }

    @Test
    void isUnknownAndNeverTriedAgainWhenTheStoreCannotTell() {
        Commits commits = new Commits(CommitFault.AFTER);
        commits.lookUpsFailing = LIMITS.retriesMax() + 1;
        InMemoryStore store = new InMemoryStore(commits);
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            assertThat(failureOf(queue.submit(1))).isInstanceOf(OutcomeUnknown.class);
            assertThat(answerOf(queue.submit(2))).isEqualTo(2);
            assertThat(store.committedLog()).containsExactly(1, 2);
        }
    }

    @Test
    void isTriedAgainWithoutALookUpWhenItWasRolledBack() {
        Commits commits = new Commits(CommitFault.ROLLED_BACK);
        assertAnsweredAndAppliedOnce(commits, 2);
        assertThat(commits.lookUps).isZero();
    }

    @Test
    void isOverloadedAndHasNoEffectWhenItIsRolledBackToTheEnd() {
        InMemoryStore store = new InMemoryStore(
                new Commits(CommitFault.ROLLED_BACK, CommitFault.ROLLED_BACK, CommitFault.ROLLED_BACK));
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            assertThat(failureOf(queue.submit(1))).isInstanceOf(Overloaded.class);
            assertThat(answerOf(queue.submit(2))).isEqualTo(1);
            assertThat(store.committedLog()).containsExactly(2);
        }
    }

    @Test
    void isSplitWhenItIsRolledBackToTheEnd() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(new Faults() {
            private final AtomicInteger batches = new AtomicInteger();

            @Override
            public void onApply(List<Integer> commands) {
                batches.set(commands.size());
                gate.onApply(commands);
            }

            @Override
            public CommitFault onCommit() {
                return batches.get() > 1 ? CommitFault.ROLLED_BACK : CommitFault.NONE;
            }
        });
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            queue.submit(0);
            await(gate.reached);
            List<CompletableFuture<Integer>> together = List.of(queue.submit(1), queue.submit(2));
            gate.open.countDown();
            together.forEach(TestQueues::answerOf);
            assertThat(store.committedLog()).containsExactly(0, 1, 2);
        }
    }

    private static void assertAnsweredAndAppliedOnce(Commits commits, int attempts) {
        InMemoryStore store = new InMemoryStore(commits);
        try (CommandQueue<Integer, Integer> queue = open(store, LIMITS)) {
            CompletableFuture<Integer> answer = queue.submit(1);
            assertThat(answerOf(answer)).isEqualTo(1);
            assertThat(store.committedLog()).containsExactly(1);
            assertThat(store.attempts).hasSize(attempts);
        }
    }
}
