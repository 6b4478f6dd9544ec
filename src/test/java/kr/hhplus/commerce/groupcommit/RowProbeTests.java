package kr.hhplus.commerce.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Rows of which another session holds some. */
@OnDatabase
class RowProbeTests {

    private static final RowTable SEAT = new RowTable("seat", 1, "id");
    private static final RowTable KEY = new RowTable("user_key", 2, "user_id", "name");

    private final HikariDataSource pool = TestDatabase.create().pool(new HikariConfig());
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final JdbcIdleTransactionKiller stuck = new JdbcIdleTransactionKiller(pool, Duration.ofSeconds(60));
    private final RowProbe probe = new JdbcRowProbe(pool, stuck, Duration.ofSeconds(10));
    private Connection other;

    @BeforeEach
    void fill() throws SQLException {
        jdbc.execute("CREATE TABLE seat (id BIGINT NOT NULL PRIMARY KEY, taken BIGINT NOT NULL)");
        jdbc.execute("CREATE TABLE user_key (user_id BIGINT NOT NULL, name VARBINARY(20) NOT NULL,"
                + " PRIMARY KEY (user_id, name))");
        for (long id = 1; id <= 100; id++) {
            jdbc.update("INSERT INTO seat VALUES (?, 0)", id);
        }
        jdbc.update("INSERT INTO user_key VALUES (7, ?), (7, ?)", "one".getBytes(), "two".getBytes());
        other = pool.getConnection();
        other.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        other.rollback();
        other.close();
        pool.close();
    }

    private void others(String sql) throws SQLException {
        try (Statement statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Set<RowKey> seats(long first, long last) {
        return LongStream.rangeClosed(first, last).mapToObj(SEAT::row).collect(Collectors.toSet());
    }

    @Test
    void areTheLockedOnesAlone() throws SQLException {
        others("SELECT id FROM seat WHERE id IN (3, 4, 77) FOR UPDATE");
        assertThat(probe.locked(seats(1, 100))).containsExactlyInAnyOrder(SEAT.row(3L), SEAT.row(4L), SEAT.row(77L));
        other.rollback();
        assertThat(probe.locked(seats(1, 100))).isEmpty();
    }

    @Test
    void areTakenForLockedTogetherWhereFindingThemApartTakesTooLong() throws SQLException {
        others("SELECT id FROM seat WHERE id IN (3, 4, 77) FOR UPDATE");
        AtomicInteger statements = new AtomicInteger();
        RowProbe hurried = new JdbcRowProbe(counting(statements), stuck, Duration.ZERO);
        assertThat(hurried.locked(seats(1, 100))).isEqualTo(seats(1, 100));
        assertThat(statements).hasValue(1);
        assertThat(hurried.locked(seats(10, 12))).isEmpty();
    }

    @Test
    void areNotAskedForAllInOneStatement() {
        AtomicInteger statements = new AtomicInteger();
        RowProbe counted = new JdbcRowProbe(counting(statements), stuck, Duration.ofSeconds(10));
        assertThat(counted.locked(seats(1, 2_500))).isEmpty();
        assertThat(statements).hasValue(3);
    }

    /** Each statement of a probe borrows a connection. */
    private DataSource counting(AtomicInteger statements) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                statements.incrementAndGet();
                return super.getConnection();
            }
        };
    }

    @Test
    void areNotLockedWhereTheyAreMissing() throws SQLException {
        others("SELECT id FROM seat WHERE id = 3 FOR UPDATE");
        assertThat(probe.locked(seats(90, 200))).isEmpty();
    }

    @Test
    void areToldByTheWholeOfTheirKey() throws SQLException {
        others("DELETE FROM user_key WHERE user_id = 7 AND name = X'6F6E65'");
        assertThat(probe.locked(Set.of(KEY.row(7L, "one"), KEY.row(7L, "two"), KEY.row(8L, "one"))))
                .containsExactly(KEY.row(7L, "one"));
    }

    /** The reason why a time-out in an INSERT can have a row on MySQL, and has none on H2: its batch is split there. */
    @Test
    void areFoundBeforeTheirInsertIsCommittedOnMySqlAlone() throws SQLException {
        others("INSERT INTO seat VALUES (200, 0)");
        assertThat(probe.locked(seats(199, 201)).contains(SEAT.row(200L))).isEqualTo(TestDatabase.ON_MYSQL);
    }

    @Test
    void leaveNothingLockedBehind() throws SQLException {
        others("SELECT id FROM seat WHERE id = 50 FOR UPDATE");
        probe.locked(seats(1, 100));
        try (Connection third = pool.getConnection();
                Statement statement = third.createStatement()) {
            assertThat(statement.execute("SELECT id FROM seat WHERE id IN (1, 49, 51, 100) FOR UPDATE NOWAIT"))
                    .isTrue();
        }
    }

    @Test
    void areWaitedForAsATransactionWould() throws SQLException {
        others("SELECT id FROM seat WHERE id = 3 FOR UPDATE");
        assertThat(probe.awaitFree(SEAT.row(3L))).isFalse();
        assertThat(probe.awaitFree(SEAT.row(4L))).isTrue();
    }
}
