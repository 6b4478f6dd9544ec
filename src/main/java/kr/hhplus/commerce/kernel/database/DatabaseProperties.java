package kr.hhplus.commerce.kernel.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a connection to MySQL or MariaDB waits for what. A time-out that the JDBC URL names itself stays as it is
 * there. The embedded database has its own in {@code spring.datasource.url}.
 *
 * @param connectTimeout for the server to take the connection
 * @param socketTimeout for the answer to one statement; the commit's answer too, and its outcome is then looked up
 * @param lockTimeout for a row that another transaction holds, in whole seconds; then the batch is decided anew
 * @param startupTimeout for the server to answer and to take writes when the service starts; 0s asks once
 * @param migrationTimeout for one statement of a migration, and for another instance's migrations to end
 * @param healthCacheDuration for how long an answer about the database's health is given again without asking it
 */
@ConfigurationProperties("commerce.database")
record DatabaseProperties(
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration socketTimeout,
        @DefaultValue("2s") Duration lockTimeout,
        @DefaultValue("1m") Duration startupTimeout,
        @DefaultValue("1h") Duration migrationTimeout,
        @DefaultValue("1s") Duration healthCacheDuration) {

    private static final Duration HEALTH_KEPT_MAX = Duration.ofMinutes(1);

    DatabaseProperties {
        if (healthCacheDuration.isNegative() || healthCacheDuration.compareTo(HEALTH_KEPT_MAX) > 0) {
            throw new IllegalArgumentException("commerce.database.health-cache-duration must be from 0s to 1m");
        }
        if (startupTimeout.isNegative()) {
            throw new IllegalArgumentException("commerce.database.startup-timeout must be 0s or more");
        }
        if (connectTimeout.toMillis() < 1 || lockTimeout.toSeconds() < 1 || socketTimeout.compareTo(lockTimeout) <= 0) {
            throw new IllegalArgumentException("commerce.database wants a connect-timeout of 1ms or more, a lock-wait"
                    + " of 1s or more, and a socket-timeout longer than the lock-wait");
        }
    }
}
