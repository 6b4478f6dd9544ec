package kr.hhplus.commerce.shared.database;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Asks the database what every order asks it: a row of a table. A driver's {@code isValid} says no more than that there
 * is a connection. After the embedded store has failed, a write has to succeed as well.
 */
final class JdbcHealth extends AbstractHealthIndicator {

    private final JdbcTemplate jdbc;
    private final JdbcOutage outage;
    private volatile String product;

    JdbcHealth(JdbcTemplate jdbc, JdbcOutage outage) {
        this.jdbc = jdbc;
        this.outage = outage;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        if (product == null) {
            product = jdbc.execute((ConnectionCallback<String>)
                    connection -> connection.getMetaData().getDatabaseProductName());
        }
        builder.withDetail("database", String.valueOf(product));
        jdbc.queryForList("SELECT paused FROM sale WHERE id = 1");
        if (outage.isInDoubt()) {
            outage.expectSuccess();
            jdbc.update("UPDATE sale SET paused = paused WHERE id = 1");
        }
        if (outage.isInDoubt()) {
            builder.down();
        } else {
            builder.up();
        }
    }
}
