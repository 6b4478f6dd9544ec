package kr.hhplus.commerce.kernel.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The timeouts of MySQL and MariaDB. A timeout in the JDBC URL takes precedence. The embedded database has its own in
 * {@code spring.datasource.url}.
 *
 * @param connectTimeout how long to wait for a new connection
 * @param socketTimeout how long to wait for the response to a statement or a commit; the service then looks up the
 *     outcome of the commit
 * @param lockTimeout how long to wait for a row lock, in whole seconds; the batch is then decided again
 * @param startupTimeout how long the start waits for a server that accepts writes; 0s tries once
 * @param migrationTimeout how long to wait for one statement of a migration, and for the migrations of another instance
 * @param healthCacheDuration how long a health result is served without a new check
 */
@ConfigurationProperties("commerce.database")
record DatabaseProperties(
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration socketTimeout,
        @DefaultValue("2s") Duration lockTimeout,
        @DefaultValue("1m") Duration startupTimeout,
        @DefaultValue("1h") Duration migrationTimeout,
        @DefaultValue("1s") Duration healthCacheDuration) {

    private static final Duration HEALTH_CACHE_MAX = Duration.ofMinutes(1);

    DatabaseProperties {
        if (healthCacheDuration.isNegative() || healthCacheDuration.compareTo(HEALTH_CACHE_MAX) > 0) {
            throw new IllegalArgumentException("commerce.database.health-cache-duration must be from 0s to 1m");
        }
        if (startupTimeout.isNegative()) {
            throw new IllegalArgumentException("commerce.database.startup-timeout must be 0s or more");
        }
        if (connectTimeout.toMillis() < 1 || lockTimeout.toSeconds() < 1 || socketTimeout.compareTo(lockTimeout) <= 0) {
            throw new IllegalArgumentException("commerce.database requires a connect-timeout of 1ms or more, a"
                    + " lock-timeout of 1s or more, and a socket-timeout longer than the lock-timeout");
        }
    }
}
