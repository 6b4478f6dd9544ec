package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** An instance that stops in the middle of its transaction, its connection open: MySQL keeps its locks. */
@ExtendWith(RealServers.class)
class StuckTransactionsIT {

    private final HikariDataSource pool;
    private final JdbcTemplate jdbc;

    StuckTransactionsIT(MySqlServer mySql) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(mySql.newDatabase());
        config.setUsername(MySqlServer.USER);
        config.setMaximumPoolSize(4);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql("SET SESSION innodb_lock_wait_timeout = 1");
        pool = new HikariDataSource(config);
        jdbc = new JdbcTemplate(pool);
        jdbc.execute("CREATE TABLE taken (id BIGINT NOT NULL PRIMARY KEY, seats BIGINT NOT NULL)");
        jdbc.execute("INSERT INTO taken (id, seats) VALUES (1, 0)");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private BatchResult<Integer> takeSeats(List<Integer> seats) {
        jdbc.queryForObject("SELECT seats FROM taken WHERE id = 1 FOR UPDATE", Long.class);
        jdbc.update("UPDATE taken SET seats = seats + ? WHERE id = 1", seats.size());
        return new BatchResult<>(seats, () -> false);
    }

    private static final class Row implements CommandRows<Integer> {

        private static final RowKey TAKEN = new RowTable("taken", 1, "id").row(1L);

        @Override
        public List<Set<RowKey>> rowsOf(List<Integer> commands) {
            return commands.stream().map(command -> Set.of(TAKEN)).toList();
        }

        @Override
        public Set<Object> orderingKeysOf(Integer command) {
            return Set.of();
        }
    }

    @Test
    void isEndedWhenOthersWaitForItsLocks() throws SQLException {
        CommandQueues commandQueues = TestQueues.queuesOf(pool, new SimpleMeterRegistry());
        try (Connection frozen = pool.getConnection();
                Statement statement = frozen.createStatement()) {
            frozen.setAutoCommit(false);
            statement.executeUpdate("UPDATE taken SET seats = 100 WHERE id = 1");

            assertThat(answerOf(commandQueues
                            .open("seats", this::takeSeats, new Row())
                            .submit(7)))
                    .isEqualTo(7);

            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
        }
        commandQueues.destroy();
        assertThat(jdbc.queryForObject("SELECT seats FROM taken WHERE id = 1", Long.class))
                .as("what the stuck one had not committed is undone")
                .isEqualTo(1);
    }
}
