package kr.hhplus.commerce.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tables so long that one statement of the reconciliation takes longer than any other may. */
@ExtendWith(RealServers.class)
class LongReconciliationIT {

    private static final String SLOW = "SELECT SLEEP(3)";

    @Test
    void waitsLongerThanOrdersDo(MySqlServer server) {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(server.newDatabase() + "&socketTimeout=1000");
            pool.setUsername(MySqlServer.USER);
            pool.setMaximumPoolSize(1);
            JdbcSnapshots snapshots = new JdbcSnapshots(pool, new JdbcSnapshots.Settings(Duration.ofMinutes(1)));

            snapshots.read(
                    jdbc -> assertThat(jdbc.queryForObject(SLOW, Long.class)).isZero());

            assertThatThrownBy(() -> new JdbcTemplate(pool).queryForObject(SLOW, Long.class))
                    .as("the connection is as it was")
                    .isInstanceOf(DataAccessException.class);
        }
    }
}
