package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import kr.hhplus.commerce.groupcommit.CommitException.Failed;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@OnDatabase
class WriterConnectionsTests {

    private final TestDatabase target = TestDatabase.create();
    private final HikariDataSource shared = pool(2, true);
    private final HikariDataSource writers = pool(2, false);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final DataSource database = new JdbcRoutingDataSource(shared, new Recorded(writers, calls));
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final CommandQueues commandQueues = TestQueues.queuesOf(database, new CompositeMeterRegistry());
    private final CommandQueue<Long, Long> queue = commandQueues.open("test", users -> {
        users.forEach(this::open);
        return new BatchResult<>(users, () -> true);
    });

    WriterConnectionsTests() {
        Flyway.configure().dataSource(shared).load().migrate();
    }

    @AfterEach
    void close() {
        commandQueues.destroy();
        writers.close();
        shared.close();
    }

    private HikariDataSource pool(int size, boolean autoCommit) {
        HikariConfig settings = new HikariConfig();
        settings.setMaximumPoolSize(size);
        settings.setConnectionTimeout(1_000);
        settings.setAutoCommit(autoCommit);
        return target.pool(settings);
    }

    /** Notes the calls by which a connection's transaction is begun and ended. */
    private static final class Recorded extends DelegatingDataSource {

        private static final List<String> NOTED = List.of("setAutoCommit", "commit", "rollback", "close");
        private final List<String> calls;

        Recorded(DataSource pool, List<String> calls) {
            super(pool);
            this.calls = calls;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection real = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                        if (NOTED.contains(method.getName())) {
                            calls.add(method.getName());
                        }
                        try {
                            return method.invoke(real, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    /** @param user negative ones are against a rule of the table */
    private void open(long user) {
        jdbc.update("INSERT INTO wallet (user_id, balance, entries) VALUES (?, ?, 0)", Math.abs(user), user);
    }

    private long wallets() {
        return jdbc.queryForObject("SELECT COUNT(*) FROM wallet", Long.class);
    }

    @Test
    void areFreeWhileReadsHoldEveryConnectionOfTheOtherPool() throws SQLException {
        try (Connection reading = shared.getConnection();
                Connection alsoReading = shared.getConnection()) {
            assertThat(List.of(reading.getAutoCommit(), alsoReading.getAutoCommit()))
                    .containsOnly(true);
            assertThat(answerOf(queue.submit(1L))).isEqualTo(1L);
        }
        assertThat(wallets()).isEqualTo(1);
    }

    @Test
    void costABatchNothingButItsCommit() {
        answerOf(queue.submit(1L));
        answerOf(queue.submit(2L));
        Awaitility.await().until(() -> writers.getHikariPoolMXBean().getActiveConnections() == 0);
        assertThat(calls).containsExactly("commit", "close", "commit", "close");
    }

    @Test
    void keepNothingOfABatchThatFailed() {
        answerOf(queue.submit(1L));
        assertThat(failureOf(queue.submit(-2L))).isInstanceOf(Failed.class);
        answerOf(queue.submit(3L));
        assertThat(jdbc.queryForList("SELECT user_id FROM wallet ORDER BY user_id", Long.class))
                .containsExactly(1L, 3L);
    }

    @Test
    void areNotWhatTheWriterUsesBesideItsBatches() {
        answerOf(queue.submit(1L).thenAccept(answer -> open(10)));
        Awaitility.await().until(() -> wallets() == 2);
        assertThat(writers.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
}
