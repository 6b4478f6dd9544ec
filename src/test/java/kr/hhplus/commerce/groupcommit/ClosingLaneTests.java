package kr.hhplus.commerce.groupcommit;

import static java.util.concurrent.CompletableFuture.runAsync;
import static kr.hhplus.commerce.groupcommit.TestLanes.LIMITS;
import static kr.hhplus.commerce.groupcommit.TestLanes.answerOf;
import static kr.hhplus.commerce.groupcommit.TestLanes.await;
import static kr.hhplus.commerce.groupcommit.TestLanes.failureOf;
import static kr.hhplus.commerce.groupcommit.TestLanes.limits;
import static kr.hhplus.commerce.groupcommit.TestLanes.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import kr.hhplus.commerce.groupcommit.InMemoryStore.Faults;
import kr.hhplus.commerce.groupcommit.TestLanes.Gate;
import org.junit.jupiter.api.Test;

/** A lane that stops while commands wait in it, and while others arrive. */
class ClosingLaneTests {

    @Test
    void finishesWhatItHadAcceptedAndRefusesTheRest() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        GroupCommit<Integer, Integer> lane = open(store, limits(100, 3));
        lane.submit(0);
        await(gate.reached);
        List<CompletableFuture<Integer>> accepted =
                IntStream.rangeClosed(1, 20).mapToObj(lane::submit).toList();
        CompletableFuture<Void> closed = runAsync(lane::close);
        org.awaitility.Awaitility.await().until(() -> lane.submit(99).isCompletedExceptionally());
        gate.open.countDown();
        closed.join();
        assertThat(accepted).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(store.committedLog()).startsWith(0, 1, 2).contains(20);
        assertThat(failureOf(lane.submit(21))).isInstanceOf(Overloaded.class);
        assertThat(store.committedLog()).doesNotContain(21);
    }

    @Test
    void refusesWhatItCannotFinishWithinTheDrain() {
        Gate gate = new Gate();
        InMemoryStore store = new InMemoryStore(gate);
        GroupCommit<Integer, Integer> lane = open(store, limits(LIMITS.deadline(), Duration.ofMillis(20)));
        CompletableFuture<Integer> inHand = lane.submit(0);
        await(gate.reached);
        CompletableFuture<Integer> waiting = lane.submit(1);
        lane.close();
        assertThat(waiting).isCompletedExceptionally();
        assertThat(failureOf(waiting)).isInstanceOf(Overloaded.class);
        gate.open.countDown();
        assertThat(answerOf(inHand)).isEqualTo(1);
        assertThat(store.committedLog()).containsExactly(0);
    }

    @Test
    void leavesNoAnswerOutInTenThousandRacesBetweenSubmitAndClose() throws Exception {
        int rounds = 20;
        int lanes = 125;
        int submitters = 4;
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int round = 0; round < rounds; round++) {
                List<CompletableFuture<Void>> races = new ArrayList<>();
                for (int i = 0; i < lanes; i++) {
                    races.add(race(submitters, threads));
                }
                CompletableFuture.allOf(races.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static CompletableFuture<Void> race(int submitters, ExecutorService threads) {
        InMemoryStore store = new InMemoryStore(new Faults() {});
        GroupCommit<Integer, Integer> lane = open(store, LIMITS);
        CyclicBarrier start = new CyclicBarrier(submitters + 1);
        ConcurrentLinkedQueue<CompletableFuture<Integer>> answers = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        for (int i = 0; i < submitters; i++) {
            int command = i;
            parts.add(runAsync(
                    () -> {
                        pass(start);
                        answers.add(lane.submit(command));
                    },
                    threads));
        }
        parts.add(runAsync(
                () -> {
                    pass(start);
                    lane.close();
                },
                threads));
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)).thenRun(() -> {
            assertThat(answers).hasSize(submitters).allMatch(CompletableFuture::isDone);
            long succeeded =
                    answers.stream().filter(a -> !a.isCompletedExceptionally()).count();
            assertThat(store.committedLog()).hasSize((int) succeeded).doesNotHaveDuplicates();
        });
    }

    private static void pass(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
