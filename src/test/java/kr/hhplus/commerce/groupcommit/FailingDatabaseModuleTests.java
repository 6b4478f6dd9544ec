package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.LIMITS;
import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransactionRollbackException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import kr.hhplus.commerce.groupcommit.CommitException.Failed;
import kr.hhplus.commerce.groupcommit.CommitException.Unavailable;
import kr.hhplus.commerce.groupcommit.FailingDatabaseModuleTests.FlakyDataSource.Fault;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A queue over a database with one connection in the pool: what a failure leaves on it meets the next batch. */
@OnDatabase
class FailingDatabaseModuleTests {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestDatabase target = TestDatabase.create();
    private HikariDataSource pool;
    private FlakyDataSource database;
    private JdbcTemplate jdbc;
    private CommandQueues commandQueues;
    private CommandQueue<Integer, Integer> queue;

    @BeforeEach
    void openQueue() {
        pool = pool(1, "TRANSACTION_READ_COMMITTED");
        database = new FlakyDataSource(pool);
        jdbc = new JdbcTemplate(database);
        jdbc.execute("CREATE TABLE seat (no BIGINT NOT NULL PRIMARY KEY, CONSTRAINT few CHECK (no < 100))");
        jdbc.execute("CREATE TABLE taken (id BIGINT NOT NULL PRIMARY KEY, seats BIGINT NOT NULL)");
        jdbc.execute("INSERT INTO taken (id, seats) VALUES (1, 0)");
        commandQueues = TestQueues.queuesOf(database, meters);
        queue = commandQueues.open("seats", this::takeSeats);
    }

    @AfterEach
    void close() {
        commandQueues.destroy();
        pool.close();
    }

    private final AtomicInteger lookUps = new AtomicInteger();

    /** Inserts a row per command and counts them all; the answer is the count. */
    private BatchResult<Integer> takeSeats(List<Integer> seats) {
        jdbc.queryForObject("SELECT seats FROM taken WHERE id = 1 FOR UPDATE", Long.class);
        seats.forEach(no -> jdbc.update("INSERT INTO seat (no) VALUES (?)", no));
        jdbc.update("UPDATE taken SET seats = seats + ? WHERE id = 1", seats.size());
        int count = jdbc.queryForObject("SELECT seats FROM taken WHERE id = 1", Integer.class);
        return new BatchResult<>(seats.stream().map(no -> count).toList(), () -> {
            lookUps.incrementAndGet();
            return !jdbc.queryForList("SELECT no FROM seat WHERE no = ? FOR UPDATE", seats.get(0))
                    .isEmpty();
        });
    }

    private void assertTaken(int seats) {
        assertThat(jdbc.queryForObject("SELECT seats FROM taken WHERE id = 1", Integer.class))
                .isEqualTo(seats);
        assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM seat", Integer.class))
                .isEqualTo(seats);
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    private double counted(String meter) {
        return meters.get("commerce.groupcommit." + meter).counter().count();
    }

    @Test
    void takesACommitThatFailedAfterItHappenedForDone() {
        database.breakWith(Fault.FAILS_AFTER_COMMITTING);
        assertThat(answerOf(queue.submit(1))).isEqualTo(1);
        assertTaken(1);
        assertThat(counted("retries")).isZero();
        assertThat(answerOf(queue.submit(2))).isEqualTo(2);
        assertTaken(2);
    }

    @Test
    void rollsACommitThatFailedBeforeItHappenedBackAndTriesAgain() {
        database.breakWith(Fault.FAILS_BEFORE_COMMITTING);
        assertThat(answerOf(queue.submit(1))).isEqualTo(1);
        assertTaken(1);
        assertThat(counted("retries"))
                .as("decided anew, not committed by the clean-up")
                .isEqualTo(1);
        assertThat(answerOf(queue.submit(2))).isEqualTo(2);
        assertTaken(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLLS_BACK_WITH_40001", "ROLLS_BACK_WITH_3101"})
    void triesACommitThatWasRolledBackAgainWithoutAsking(Fault fault) {
        database.breakWith(fault);
        assertThat(answerOf(queue.submit(1))).isEqualTo(1);
        assertTaken(1);
        assertThat(counted("retries")).isEqualTo(1);
        assertThat(lookUps).hasValue(0);
    }

    @Test
    void failsTheCommandThatBreaksACheckAlone() {
        assertThat(failureOf(queue.submit(100))).isInstanceOf(Failed.class);
        assertTaken(0);
        assertThat(counted("retries")).isZero();
        assertThat(answerOf(queue.submit(2))).isEqualTo(1);
        assertTaken(1);
    }

    @Test
    void triesADuplicateKeyAgain() {
        answerOf(queue.submit(1));
        assertThat(failureOf(queue.submit(1))).isInstanceOf(Failed.class);
        assertThat(counted("retries")).isEqualTo(LIMITS.retriesMax());
        assertTaken(1);
    }

    @Test
    void isUnavailableWhileConnectionsAreRefusedAndRecovers() {
        database.breakWith(Fault.REFUSES_CONNECTIONS);
        assertThat(failureOf(queue.submit(1))).isInstanceOf(Unavailable.class);
        database.breakWith(Fault.NONE);
        assertThat(answerOf(queue.submit(2))).isEqualTo(1);
        assertTaken(1);
    }

    @Test
    void triesAgainWhenALockTimesOut() throws SQLException {
        AtomicBoolean inTheWay = new AtomicBoolean(true);
        try (HikariDataSource others = pool(1, "TRANSACTION_READ_COMMITTED");
                Connection other = others.getConnection()) {
            other.setAutoCommit(false);
            try (PreparedStatement lock = other.prepareStatement("SELECT seats FROM taken WHERE id = 1 FOR UPDATE")) {
                lock.executeQuery();
            }
            CommandQueue<Integer, Integer> behind = commandQueues.open("behind", seats -> {
                try {
                    return takeSeats(seats);
                } finally {
                    if (inTheWay.getAndSet(false)) {
                        rollback(other);
                    }
                }
            });
            assertThat(answerOf(behind.submit(1))).isEqualTo(1);
        }
        assertThat(meters.get("commerce.groupcommit.retries")
                        .tag("queue", "behind")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertTaken(1);
    }

    @Test
    void leavesNothingOnTheThreadWhenTheWorkThrowsAnError() {
        AtomicBoolean broken = new AtomicBoolean(true);
        CommandQueue<Integer, Integer> erring = commandQueues.open("erring", seats -> {
            BatchResult<Integer> decided = takeSeats(seats);
            if (broken.getAndSet(false)) {
                throw new AssertionError("thrown by the work");
            }
            return decided;
        });
        assertThat(failureOf(erring.submit(1))).isInstanceOf(Failed.class);
        assertTaken(0);
        assertThat(answerOf(erring.submit(2))).isEqualTo(1);
        assertTaken(1);
    }

    @Test
    void refusesToOpenQueuesOverAnyOtherIsolation() {
        try (HikariDataSource lax = pool(1, "TRANSACTION_READ_UNCOMMITTED")) {
            assertThatThrownBy(() -> TestQueues.queuesOf(lax, meters))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("READ COMMITTED");
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private HikariDataSource pool(int size, String isolation) {
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(1_000);
        HikariDataSource pool = target.pool(config);
        pool.setTransactionIsolation(isolation);
        return pool;
    }

    /** A pool whose connections fail on demand: at the next commit, or before there is one. */
    static final class FlakyDataSource extends DelegatingDataSource {

        enum Fault {
            NONE,
            REFUSES_CONNECTIONS,
            FAILS_BEFORE_COMMITTING,
            /** As Galera answers a commit that it cannot certify. */
            ROLLS_BACK_WITH_40001,
            /** As Group Replication answers one. */
            ROLLS_BACK_WITH_3101,
            FAILS_AFTER_COMMITTING
        }

        private volatile Fault next = Fault.NONE;

        FlakyDataSource(DataSource real) {
            super(real);
        }

        /** Breaks the next commit, or every connection until told otherwise. */
        void breakWith(Fault fault) {
            next = fault;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (next == Fault.REFUSES_CONNECTIONS) {
                throw new SQLNonTransientConnectionException("connection refused", "08001");
            }
            Connection real = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                        if (next == Fault.REFUSES_CONNECTIONS
                                && !method.getName().equals("close")) {
                            throw new SQLException("the server went away", "08S01");
                        }
                        Fault fault = method.getName().equals("commit") ? next : Fault.NONE;
                        if (fault != Fault.NONE) {
                            next = Fault.NONE;
                        }
                        if (fault == Fault.FAILS_AFTER_COMMITTING) {
                            real.commit();
                        }
                        if (fault == Fault.ROLLS_BACK_WITH_40001 || fault == Fault.ROLLS_BACK_WITH_3101) {
                            real.rollback();
                            throw fault == Fault.ROLLS_BACK_WITH_40001
                                    ? new SQLTransactionRollbackException("deadlock found", "40001", 1213)
                                    : new SQLException("a plugin rolled it back", "HY000", 3101);
                        }
                        if (fault != Fault.NONE) {
                            throw new SQLException("the server went away", "08S01");
                        }
                        try {
                            return method.invoke(real, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}
