package kr.hhplus.commerce.kernel.database;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks the database by reading a row through each pool, as every order does. A driver's {@code isValid} only proves
 * that the connection exists, even if the embedded store behind it is closed.
 */
final class JdbcHealth extends AbstractHealthIndicator {

    private static final String READ = "SELECT paused FROM sale WHERE id = 1";

    private final JdbcTemplate jdbc;
    private final JdbcTemplate writers;
    private volatile String product;

    /** @param writers takes connections from the writers' pool */
    JdbcHealth(JdbcTemplate jdbc, JdbcTemplate writers) {
        this.jdbc = jdbc;
        this.writers = writers;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (product == null) {
            product = jdbc.execute((ConnectionCallback<String>)
                    connection -> connection.getMetaData().getDatabaseProductName());
        }
        builder.withDetail("database", String.valueOf(product));
        jdbc.queryForList(READ);
        writers.queryForList(READ);
        builder.up();
    }
}
