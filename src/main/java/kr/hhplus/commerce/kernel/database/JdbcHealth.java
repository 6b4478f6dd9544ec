package kr.hhplus.commerce.kernel.database;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Asks the database what every order asks it: a row of a table. A driver's {@code isValid} says no more than that there
 * is a connection, also where the embedded store behind it has closed.
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
