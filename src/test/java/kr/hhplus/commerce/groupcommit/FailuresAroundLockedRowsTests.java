package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.LIMITS;
import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import kr.hhplus.commerce.groupcommit.CommitException.OutcomeUnknown;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import kr.hhplus.commerce.groupcommit.CommitException.RowLocked;
import kr.hhplus.commerce.groupcommit.RowStore.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** Something breaks while another session holds rows. */
class FailuresAroundLockedRowsTests {

    private static final int LOCKED = 1;
    private static final int FREE = 2;
    private static final int FREE_LATER = 3;

    private final RowStore store = new RowStore(Duration.ofMillis(20).toNanos());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LockedRows lockedRows = new LockedRows(store, meters);
    private final CommandQueueMetrics metrics = new CommandQueueMetrics("test", meters, () -> 0);

    @AfterEach
    void close() {
        lockedRows.close();
    }

    private void lock(int row) {
        store.lock(row);
        assertThat(lockedRows.findAndWatch(Set.of(RowStore.key(row)))).isTrue();
    }

    private static PendingCommand<Command, Map<Integer, Integer>> pending(int user, int row) {
        return PendingCommand.of(
                user,
                new Command(user, user, Set.of(row), null),
                Duration.ofSeconds(30),
                CommandTrace.start("test", ObservationRegistry.NOOP));
    }

    /** A store that cannot say what its failures mean. */
    private static final class BrokenStore implements BatchStore<Command, Map<Integer, Integer>> {

        @Override
        public Batch<Command, Map<Integer, Integer>> begin() {
            throw new IllegalStateException();
        }

        @Override
        public Failure onFailure(RuntimeException failure) {
            throw new AssertionError("a bug");
        }
    }

    @Test
    void leavesTheSetAsideToTheirLaterTurn() {
        lock(LOCKED);
        LockWaitList<Command, Map<Integer, Integer>> lockWaitList =
                new LockWaitList<>("test", store, lockedRows, LIMITS, metrics);
        PendingCommand<Command, Map<Integer, Integer>> waiting = pending(1, LOCKED);
        PendingCommand<Command, Map<Integer, Integer>> tried = pending(2, FREE);
        new BatchCommitter<>("test", new BrokenStore(), LIMITS, metrics, lockWaitList).commit(List.of(waiting, tried));
        assertThat(failureOf(tried.result())).isInstanceOf(OutcomeUnknown.class);
        assertThat(lockWaitList.size()).isEqualTo(1);
        assertThat(waiting.result()).isNotDone();
    }

    @Test
    void doesNotLoseTheTurnOfAnother() {
        lock(LOCKED);
        lock(FREE_LATER);
        Brittle brittle = new Brittle();
        CommandRows<Command> rows = new CommandRows<>() {
            @Override
            public List<Set<RowKey>> rowsOf(List<Command> commands) {
                return store.rowsOf(commands).stream().map(brittle::copyOf).toList();
            }

            @Override
            public Set<Object> orderingKeysOf(Command command) {
                return store.orderingKeysOf(command);
            }
        };
        LockWaitList<Command, Map<Integer, Integer>> lockWaitList =
                new LockWaitList<>("test", rows, lockedRows, LIMITS, metrics);
        assertThat(lockWaitList.selectRunnable(List.of(pending(1, LOCKED), pending(2, FREE_LATER))))
                .isEmpty();
        store.unlock(FREE_LATER);
        await().until(() -> !lockedRows.contains(RowStore.key(FREE_LATER)));
        List<PendingCommand<Command, Map<Integer, Integer>>> batch = new ArrayList<>();
        brittle.broken = true;
        lockWaitList.takeReady(batch, 10);
        assertThat(batch).isEmpty();
        brittle.broken = false;
        lockWaitList.takeReady(batch, 10);
        assertThat(batch).extracting(pending -> pending.command().user()).containsExactly(2);
    }

    private static final class Brittle {

        private boolean broken;

        private Set<RowKey> copyOf(Set<RowKey> rows) {
            return new HashSet<>(rows) {
                private static final long serialVersionUID = 1;

                @Override
                public Stream<RowKey> stream() {
                    if (broken) {
                        throw new LinkageError("as if");
                    }
                    return super.stream();
                }
            };
        }
    }

    @Test
    void remembersNoRowThatNoThreadWouldLookAfter() {
        LockedRows alone = new LockedRows(store, new SimpleMeterRegistry(), (name, work) -> new Thread(work, name) {
            @Override
            public void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        try (CommandQueue<Command, Map<Integer, Integer>> queue =
                new CommandQueue<>("alone", LIMITS, store, store, alone, null, ObservationRegistry.NOOP, meters)) {
            store.lock(LOCKED);
            assertThat(failureOf(queue.submit(new Command(1, 1, Set.of(LOCKED), null))))
                    .isInstanceOf(RowLocked.class);
            assertThat(alone.isEmpty()).isTrue();
            store.unlock(LOCKED);
            answerOf(queue.submit(new Command(2, 1, Set.of(LOCKED), null)));
        }
    }

    @Test
    void isWithoutEffectOnlyWhereTheDatabaseSaysSo() {
        SQLStateSQLExceptionTranslator translator = new SQLStateSQLExceptionTranslator();
        assertThat(CommitException.causedByOthers(
                        translator.translate("commit", null, new SQLException("rolled back", "40001"))))
                .containsInstanceOf(Overloaded.class);
        assertThat(CommitException.causedByOthers(
                        translator.translate("commit", null, new SQLException("completion unknown", "40003"))))
                .isEmpty();
    }
}
