package kr.hhplus.commerce.kernel.database;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks the database by reading a row, as every order does. A driver's {@code isValid} only proves that the connection
 * exists, even if the embedded store behind it is closed.
 */
final class JdbcHealth extends AbstractHealthIndicator {

    private final JdbcTemplate jdbc;
    private volatile String product;

    JdbcHealth(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (product == null) {
            product = jdbc.execute((ConnectionCallback<String>)
                    connection -> connection.getMetaData().getDatabaseProductName());
        }
        builder.withDetail("database", String.valueOf(product));
        jdbc.queryForList("SELECT paused FROM sale WHERE id = 1");
        builder.up();
    }
}
