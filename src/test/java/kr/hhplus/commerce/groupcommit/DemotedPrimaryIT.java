package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.answerOf;
import static kr.hhplus.commerce.groupcommit.TestQueues.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** The primary becomes a replica under the service, as at every planned fail-over. */
@ExtendWith(RealServers.class)
class DemotedPrimaryIT {

    @Test
    void isOutOfReachRatherThanAFailureOfTheCommand() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setUsername(MySqlServer.USER);
        config.setMaximumPoolSize(1);
        try (MySqlServer server = MySqlServer.start()) {
            config.setJdbcUrl(server.newDatabase());
            try (HikariDataSource pool = new HikariDataSource(config)) {
                JdbcTemplate jdbc = new JdbcTemplate(pool);
                jdbc.execute("CREATE TABLE seat (no BIGINT NOT NULL PRIMARY KEY)");
                CommandQueues commandQueues = TestQueues.queuesOf(pool, new SimpleMeterRegistry());
                CommandQueue<Integer, Integer> queue = commandQueues.open("seats", seats -> {
                    seats.forEach(no -> jdbc.update("INSERT INTO seat (no) VALUES (?)", no));
                    return new BatchResult<>(seats, () -> false);
                });
                assertThat(answerOf(queue.submit(1))).isEqualTo(1);
                Long before = jdbc.queryForObject("SELECT CONNECTION_ID()", Long.class);

                server.execute("SET GLOBAL super_read_only = 1");
                assertThat(failureOf(queue.submit(2))).isInstanceOf(CommitException.Unavailable.class);
                assertThat(jdbc.queryForObject("SELECT CONNECTION_ID()", Long.class))
                        .as("the connection to the demoted server was left")
                        .isNotEqualTo(before);

                server.execute("SET GLOBAL super_read_only = 0");
                assertThat(answerOf(queue.submit(3))).isEqualTo(3);
                commandQueues.destroy();
            }
        }
    }
}
