package kr.hhplus.commerce.groupcommit;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Kills transactions whose instance froze or lost its network: MySQL would keep their locks for eight hours. Runs only
 * after a lock timeout.
 */
final class JdbcIdleTransactionKiller {

    private static final Logger log = LoggerFactory.getLogger(CommandQueue.class);
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final Duration idleMax;
    private long lastCheck = System.nanoTime() - CHECK_INTERVAL.toNanos();

    JdbcIdleTransactionKiller(DataSource database, Duration idleMax) {
        this.jdbc = new JdbcTemplate(database);
        this.idleMax = idleMax;
    }

    /**
     * Kills connections of this service's database user that have been idle for longer than any batch. A pool replaces
     * those that were unused; an open transaction is rolled back, which frees its locks.
     */
    synchronized void killIdle() {
        if (System.nanoTime() - lastCheck < CHECK_INTERVAL.toNanos()) {
            return;
        }
        lastCheck = System.nanoTime();
        try {
            if (isMySql()) {
                idleConnections().forEach(this::kill);
            }
        } catch (DataAccessException e) {
            log.warn("idle transactions cannot be listed", e);
        }
    }

    boolean isMySql() {
        String product = jdbc.execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        return product != null && List.of("mysql", "mariadb").contains(product.toLowerCase(Locale.ROOT));
    }

    private List<Long> idleConnections() {
        return jdbc.queryForList("""
                SELECT id FROM information_schema.processlist
                WHERE command = 'Sleep' AND time >= ? AND db = DATABASE()
                  AND user = SUBSTRING_INDEX(USER(), '@', 1) AND id <> CONNECTION_ID()
                """, Long.class, idleMax.toSeconds());
    }

    private void kill(long id) {
        try {
            jdbc.execute("KILL " + id);
            log.warn(
                    "killed database connection {}: idle for at least {} s while others waited for a lock",
                    id,
                    idleMax.toSeconds());
        } catch (DataAccessException e) {
            // It ended on its own.
            log.debug("connection {} could not be killed", id, e);
        }
    }
}
