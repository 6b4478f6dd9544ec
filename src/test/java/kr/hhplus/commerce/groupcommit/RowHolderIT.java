package kr.hhplus.commerce.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who holds a row, as far as MySQL says it: only with its performance schema. */
@ExtendWith(RealServers.class)
class RowHolderIT {

    private static final RowTable SEAT = new RowTable("seat", 1, "id");
    private static final RowTable KEY = new RowTable("user_key", 2, "user_id", "name");

    @Test
    void isNamedWithItsConnection() throws Exception {
        try (MySqlServer server = MySqlServer.start("--performance-schema=ON")) {
            HikariConfig config = new HikariConfig();
            String url = server.newDatabase();
            config.setJdbcUrl(url);
            config.setUsername(MySqlServer.USER);
            config.setMaximumPoolSize(2);
            try (HikariDataSource pool = new HikariDataSource(config);
                    Connection other = DriverManager.getConnection(url, MySqlServer.USER, "");
                    Statement statement = other.createStatement()) {
                JdbcTemplate jdbc = new JdbcTemplate(pool);
                jdbc.execute("CREATE TABLE seat (id BIGINT NOT NULL PRIMARY KEY)");
                jdbc.execute("CREATE TABLE user_key (user_id BIGINT, name VARBINARY(20), PRIMARY KEY (user_id, name))");
                jdbc.execute("INSERT INTO seat VALUES (1), (2)");
                jdbc.execute("INSERT INTO user_key VALUES (7, 'one')");
                other.setAutoCommit(false);
                statement.execute("SELECT id FROM seat WHERE id = 2 FOR UPDATE");
                statement.execute("DELETE FROM user_key WHERE user_id = 7");
                RowProbe probe = new JdbcRowProbe(
                        pool, new JdbcIdleTransactionKiller(pool, Duration.ofSeconds(60)), Duration.ofSeconds(10));

                assertThat(probe.holderOf(SEAT.row(2L)))
                        .hasValueSatisfying(holder -> assertThat(holder).contains("root@", "index PRIMARY", "mode X"));
                assertThat(probe.holderOf(KEY.row(7L, "one"))).isPresent();
                assertThat(probe.holderOf(SEAT.row(1L))).isEmpty();
            }
        }
    }
}
