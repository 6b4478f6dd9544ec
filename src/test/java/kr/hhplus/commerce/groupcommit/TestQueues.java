package kr.hhplus.commerce.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Queues with small limits, and how their answers are read. */
final class TestQueues {

    static final Duration IDLE_MAX = Duration.ofSeconds(1);
    static final GroupCommitProperties LIMITS = new GroupCommitProperties(
            1, 100, 10, Duration.ofSeconds(30), 2, Duration.ofNanos(1_000), IDLE_MAX, 100, Duration.ofSeconds(30));

    private TestQueues() {}

    /** Command queues over this database, with transactions as the application's. */
    static CommandQueues queuesOf(DataSource database, MeterRegistry meters) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        transactions.setRollbackOnCommitFailure(true);
        return new CommandQueues(
                database, transactions, LIMITS, Optional.empty(), Optional.empty(), ObservationRegistry.NOOP, meters);
    }

    static <C, R> CommandQueue<C, R> open(BatchStore<C, R> store, GroupCommitProperties properties) {
        MeterRegistry registry = new CompositeMeterRegistry();
        return new CommandQueue<>(
                "test",
                properties,
                store,
                CommandRows.unknown(),
                new LockedRows(null, registry),
                null,
                ObservationRegistry.NOOP,
                registry);
    }

    static CommandQueue<Integer, Integer> open(InMemoryStore.Faults faults) {
        return open(new InMemoryStore(faults), LIMITS);
    }

    static GroupCommitProperties properties(int queueMax, int batchMax) {
        return new GroupCommitProperties(
                1,
                queueMax,
                batchMax,
                LIMITS.deadline(),
                LIMITS.retriesMax(),
                LIMITS.backoff(),
                IDLE_MAX,
                LIMITS.setAsideMax(),
                LIMITS.drainTimeout());
    }

    static GroupCommitProperties properties(Duration deadline, Duration drain) {
        return new GroupCommitProperties(
                1, 100, 10, deadline, LIMITS.retriesMax(), LIMITS.backoff(), IDLE_MAX, 100, drain);
    }

    static <R> R answerOf(CompletableFuture<R> answer) {
        try {
            return answer.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed: " + e.getCause(), e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static Throwable failureOf(CompletableFuture<?> answer) {
        Throwable failure = catchThrowable(() -> answer.get(30, TimeUnit.SECONDS));
        assertThat(failure).isInstanceOf(ExecutionException.class);
        return failure.getCause();
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Holds the writer in its first batch until it is opened. */
    static final class Gate implements InMemoryStore.Faults {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);

        @Override
        public void onApply(java.util.List<Integer> commands) {
            reached.countDown();
            await(open);
        }
    }
}
