package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import kr.hhplus.commerce.groupcommit.CommitException.Failed;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@OnDatabase
class HeldConnectionsTests {

    private final HikariDataSource pool = TestDatabase.migrated();
    private final AtomicInteger borrowed = new AtomicInteger();
    private final DataSource database = new DelegatingDataSource(pool) {
        @Override
        public Connection getConnection() throws SQLException {
            borrowed.incrementAndGet();
            return super.getConnection();
        }
    };
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final JdbcTemplate elsewhere = new JdbcTemplate(pool);
    private final CommandQueues commandQueues = new CommandQueues(
            database, TestQueues.LIMITS, Optional.empty(), CommandTracing.off(), new CompositeMeterRegistry());
    private final GroupCommit<Long, Long> queue = commandQueues.open("test", users -> {
        users.forEach(this::open);
        return new BatchResult<>(users, () -> true);
    });

    @AfterEach
    void close() {
        commandQueues.destroy();
        pool.close();
    }

    /** @param user negative ones are against a rule of the table */
    private void open(long user) {
        jdbc.update("INSERT INTO wallet (user_id, balance, entries) VALUES (?, ?, 0)", Math.abs(user), user);
    }

    private long wallets() {
        return elsewhere.queryForObject("SELECT COUNT(*) FROM wallet", Long.class);
    }

    private void awaitNoneBorrowed() {
        Awaitility.await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    }

    @Test
    void areKeptFromBatchToBatch() {
        answerOf(queue.submit(1L));
        int before = borrowed.get();
        // Batches follow each other at once, as under load; a writer that rests between two gives its connection back.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int batches = 0;
        for (long user = 2; batches < 50 && System.nanoTime() < end; user++, batches++) {
            answerOf(queue.submit(user));
        }
        assertThat(borrowed.get() - before).isLessThan(batches);
        assertThat(wallets()).isEqualTo(batches + 1);
    }

    @Test
    void areGivenBackWhenThereIsNothingToDo() {
        answerOf(queue.submit(1L));
        awaitNoneBorrowed();
        assertThat(elsewhere.execute(Connection::getAutoCommit)).isTrue();
        answerOf(queue.submit(2L));
        assertThat(wallets()).isEqualTo(2);
    }

    @Test
    void areGivenBackWhenTheQueueStops() {
        answerOf(queue.submit(1L));
        queue.close();
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    void keepNothingOfABatchThatFailed() {
        answerOf(queue.submit(1L));
        assertThat(failureOf(queue.submit(-2L))).isInstanceOf(Failed.class);
        answerOf(queue.submit(3L));
        assertThat(elsewhere.queryForList("SELECT user_id FROM wallet ORDER BY user_id", Long.class))
                .containsExactly(1L, 3L);
    }

    @Test
    void areNotWhatTheWriterUsesBesideItsBatches() {
        answerOf(queue.submit(1L).thenAccept(answer -> open(10)));
        Awaitility.await().until(() -> wallets() == 2);
        awaitNoneBorrowed();
        assertThat(wallets()).as("committed on its own").isEqualTo(2);
    }
}
