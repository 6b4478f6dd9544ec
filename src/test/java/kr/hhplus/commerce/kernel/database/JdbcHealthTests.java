package kr.hhplus.commerce.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;
import org.springframework.jdbc.core.JdbcTemplate;

class JdbcHealthTests {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final HikariDataSource shared = pool();
    private final HikariDataSource writers = pool();

    private HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        return pool;
    }

    @AfterEach
    void close() {
        shared.close();
        writers.close();
    }

    private Status status() {
        return new JdbcHealth(new JdbcTemplate(shared), new JdbcTemplate(writers))
                .health()
                .getStatus();
    }

    @Test
    void isDownWithoutTheTableAndUpWithIt() {
        assertThat(status()).isEqualTo(Status.DOWN);
        new JdbcTemplate(shared).execute("CREATE TABLE sale AS SELECT 1 AS id, FALSE AS paused");
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhileTheWritersPoolHasNoConnections() {
        new JdbcTemplate(shared).execute("CREATE TABLE sale AS SELECT 1 AS id, FALSE AS paused");
        writers.close();
        assertThat(status()).isEqualTo(Status.DOWN);
    }
}
