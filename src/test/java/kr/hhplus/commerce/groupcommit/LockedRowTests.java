package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.LIMITS;
import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kr.hhplus.commerce.groupcommit.CommitException.RowLocked;
import kr.hhplus.commerce.groupcommit.RowStore.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stranger holds one row. Whether others go on is asked while it is still held; nothing here is timed. */
class LockedRowTests {

    private static final int LOCKED = 1;
    private static final int FREE = 2;

    private final RowStore store = new RowStore(TimeUnit.MILLISECONDS.toNanos(50));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LockedRows lockedRows = new LockedRows(store, meters);
    private final AtomicInteger ids = new AtomicInteger();
    private CommandQueue<Command, Map<Integer, Integer>> queue;

    @AfterEach
    void close() {
        store.unlockAll();
        queue.close();
        lockedRows.close();
    }

    private void open(int writers, int queueMax, int setAsideMax, Duration deadline) {
        GroupCommitProperties properties = new GroupCommitProperties(
                writers,
                queueMax,
                10,
                deadline,
                LIMITS.retriesMax(),
                LIMITS.backoff(),
                LIMITS.idleTransactionMax(),
                setAsideMax,
                LIMITS.drainTimeout());
        queue = new CommandQueue<>(
                "test", properties, store, store, lockedRows, null, ObservationRegistry.NOOP, meters);
    }

    private void open(int writers) {
        open(writers, 400, 100, Duration.ofSeconds(30));
    }

    private CompletableFuture<Map<Integer, Integer>> submit(int user, String key, Integer... rows) {
        return queue.submit(new Command(ids.incrementAndGet(), user, Set.of(rows), key));
    }

    private double gauge(String name) {
        return meters.get("commerce.groupcommit." + name).gauge().value();
    }

    private void awaitSetAside(int commands) {
        await().until(() -> gauge("set.aside") == commands);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void stopsNobodyButThoseWhoWantIt(int writers) {
        open(writers);
        store.lock(LOCKED);
        CompletableFuture<?> waiting = submit(1, null, LOCKED, FREE);
        List<CompletableFuture<?>> others = new ArrayList<>();
        IntStream.range(0, 200).forEach(i -> others.add(submit(100 + i, null, FREE)));
        others.forEach(TestQueues::answerOf);
        awaitSetAside(1);
        answerOf(submit(2, null, FREE));
        assertThat(waiting).isNotDone();
        assertThat(gauge("locked.rows")).isEqualTo(1);
        store.unlock(LOCKED);
        answerOf(waiting);
        await().until(() -> gauge("locked.rows") == 0);
    }

    @Test
    void isWaitedForInVainByOneBatchAlone() {
        open(1);
        store.lock(LOCKED);
        CompletableFuture<?> waiting = submit(1, null, LOCKED);
        awaitSetAside(1);
        int attempts = store.attempts.size();
        List<CompletableFuture<?>> later = IntStream.range(0, 20)
                .<CompletableFuture<?>>mapToObj(i -> submit(100 + i, null, i % 2 == 0 ? LOCKED : FREE))
                .toList();
        IntStream.range(0, 20).filter(i -> i % 2 == 1).forEach(i -> answerOf(later.get(i)));
        assertThat(store.attempts.subList(attempts, store.attempts.size())).allSatisfy(batch -> assertThat(batch)
                .allSatisfy(command -> assertThat(command.rows()).doesNotContain(LOCKED)));
        store.unlock(LOCKED);
        answerOf(waiting);
        later.forEach(TestQueues::answerOf);
    }

    @Test
    void holdsBackWhatIsLaterOfTheSameUserOrKey() {
        open(1);
        store.lock(LOCKED);
        CompletableFuture<?> first = submit(1, "a", LOCKED);
        CompletableFuture<?> sameUser = submit(1, null, FREE);
        CompletableFuture<?> sameKey = submit(2, "a", FREE);
        CompletableFuture<?> behindThat = submit(2, null, FREE);
        CompletableFuture<?> another = submit(3, "b", FREE);
        answerOf(another);
        awaitSetAside(4);
        assertThat(List.of(first, sameUser, sameKey, behindThat)).noneMatch(CompletableFuture::isDone);
        store.unlock(LOCKED);
        List.of(first, sameUser, sameKey, behindThat).forEach(TestQueues::answerOf);
        assertThat(store.log().stream().map(Command::id)).containsExactly(5, 1, 2, 3, 4);
    }

    @Test
    void isTakenUpAgainInTheOrderOfArrival() {
        open(1);
        store.lock(LOCKED);
        List<CompletableFuture<Map<Integer, Integer>>> waiting = IntStream.range(0, 50)
                .mapToObj(i -> submit(100 + i, null, LOCKED))
                .toList();
        awaitSetAside(50);
        store.unlock(LOCKED);
        CompletableFuture<Map<Integer, Integer>> last = submit(1, null, LOCKED);
        assertThat(waiting.stream().map(answer -> answerOf(answer).get(LOCKED)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 50).boxed().toList());
        assertThat(answerOf(last)).containsEntry(LOCKED, 51);
    }

    @Test
    void leavesFreeWhatAWaitingCommandWantsBesides() {
        open(1);
        store.lock(LOCKED);
        store.lock(FREE);
        CompletableFuture<?> both = submit(1, null, LOCKED, FREE);
        awaitSetAside(1);
        store.unlock(FREE);
        answerOf(submit(2, null, FREE));
        answerOf(submit(3, null, FREE));
        assertThat(both).isNotDone();
        store.unlock(LOCKED);
        answerOf(both);
        assertThat(meters.get("commerce.groupcommit.wait").timer().count())
                .as("waits for a first attempt")
                .isEqualTo(3);
    }

    @Test
    void leavesFreeWhatALaterCommandOfAWaitingUserWants() {
        open(1);
        store.lock(LOCKED);
        store.lock(FREE);
        CompletableFuture<?> first = submit(1, null, LOCKED);
        awaitSetAside(1);
        CompletableFuture<?> another = submit(2, null, FREE);
        awaitSetAside(2);
        CompletableFuture<?> second = submit(1, null, FREE);
        awaitSetAside(3);
        store.unlock(FREE);
        answerOf(another);
        answerOf(submit(3, null, FREE));
        assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
        store.unlock(LOCKED);
        List.of(first, second).forEach(TestQueues::answerOf);
    }

    @Test
    void refusesAtOnceWhatIsBeyondTheBoundOfOneRow() {
        open(1, 400, 3, Duration.ofSeconds(30));
        store.lock(LOCKED);
        List<CompletableFuture<?>> all = IntStream.range(0, 10)
                .<CompletableFuture<?>>mapToObj(i -> submit(100 + i, null, LOCKED))
                .toList();
        all.subList(3, 10).forEach(answer -> assertThat(failureOf(answer)).isInstanceOf(RowLocked.class));
        awaitSetAside(3);
        answerOf(submit(1, null, FREE));
        store.unlock(LOCKED);
        all.subList(0, 3).forEach(TestQueues::answerOf);
        assertThat(store.log()).hasSize(4);
    }

    @Test
    void refusesAtOnceWhatIsBeyondAQuarterOfTheQueue() {
        open(1, 20, 100, Duration.ofSeconds(30));
        IntStream.range(1, 11).forEach(store::lock);
        List<CompletableFuture<?>> all = IntStream.range(1, 11)
                .<CompletableFuture<?>>mapToObj(row -> submit(100 + row, null, row))
                .toList();
        await().until(() -> all.stream().filter(CompletableFuture::isDone).count() == 5);
        all.stream().filter(CompletableFuture::isDone).forEach(answer -> assertThat(failureOf(answer))
                .isInstanceOf(RowLocked.class));
        store.unlockAll();
        assertThat(all.stream().filter(answer -> !answer.isCompletedExceptionally()))
                .hasSize(5)
                .allSatisfy(TestQueues::answerOf);
    }

    @Test
    void isToldByNameAtTheDeadlineWithoutEffect() {
        open(1, 400, 100, Duration.ofMillis(400));
        store.lock(LOCKED);
        CompletableFuture<?> late = submit(1, null, LOCKED);
        CompletableFuture<?> behind = submit(1, null, FREE);
        assertThat(failureOf(late)).isInstanceOf(RowLocked.class);
        // Behind the first it is late, too; where it is not, it goes on then.
        behind.handle((answer, failure) -> failure).join();
        answerOf(submit(2, null, FREE));
        assertThat(store.log().stream().map(Command::id)).doesNotContain(1);
        assertThat(meters.get("commerce.groupcommit.row.locked").counter().count())
                .isPositive();
    }

    @Test
    void isToldByNameAlsoWhereItIsFreeJustBeforeTheDeadline() {
        open(1, 400, 100, Duration.ofMillis(400));
        store.lock(LOCKED);
        long submitted = System.nanoTime();
        CompletableFuture<?> late = submit(1, null, LOCKED, RowStore.UNNAMED);
        awaitSetAside(1);
        store.lock(RowStore.UNNAMED);
        // What it is taken up for fails until the deadline has passed.
        await().pollInterval(Duration.ofMillis(1))
                .until(() ->
                        System.nanoTime() - submitted > Duration.ofMillis(360).toNanos());
        store.unlock(LOCKED);
        assertThat(failureOf(late)).isInstanceOf(RowLocked.class);
        assertThat(store.log()).isEmpty();
    }

    @Test
    void isSplitOffWhereItCannotBeNamed() {
        open(1, 400, 100, Duration.ofSeconds(30));
        store.lock(RowStore.UNNAMED);
        store.lock(LOCKED);
        // The first batch: everything else waits meanwhile, and is one batch then.
        submit(1, null, LOCKED);
        List<CompletableFuture<?>> others = IntStream.range(0, 4)
                .<CompletableFuture<?>>mapToObj(i -> submit(100 + i, null, FREE))
                .toList();
        CompletableFuture<?> unnamed = submit(200, null, RowStore.UNNAMED);
        others.forEach(TestQueues::answerOf);
        assertThat(failureOf(unnamed)).isInstanceOf(RowLocked.class);
        assertThat(store.attempts.stream()
                        .filter(batch -> batch.size() > 1)
                        .filter(batch -> batch.stream().anyMatch(command -> command.user() == 200))
                        .distinct())
                .as("no batch that cannot name the row is tried twice")
                .hasSameSizeAs(store.attempts.stream()
                        .filter(batch -> batch.size() > 1)
                        .filter(batch -> batch.stream().anyMatch(command -> command.user() == 200))
                        .toList());
    }

    @Test
    void isNotInTheWayOfAStop() {
        open(1, 400, 100, Duration.ofMillis(500));
        store.lock(LOCKED);
        CompletableFuture<?> waiting = submit(1, null, LOCKED);
        awaitSetAside(1);
        queue.close();
        assertThat(failureOf(waiting)).isInstanceOf(CommitException.class);
    }
}
