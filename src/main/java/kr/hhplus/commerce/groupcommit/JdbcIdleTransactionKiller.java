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
 * Ends transactions whose instance froze or was cut off in the middle: MySQL would keep their locks for eight hours.
 * Only looked for when a lock could not be had in time.
 */
final class JdbcIdleTransactionKiller {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final Duration idleMax;
    private long lastLook = System.nanoTime() - PAUSE.toNanos();

    JdbcIdleTransactionKiller(DataSource database, Duration idleMax) {
        this.jdbc = new JdbcTemplate(database);
        this.idleMax = idleMax;
    }

    /**
     * Ends this service's own connections that have been idle for longer than any batch is. Those that were only
     * resting in a pool are replaced there; a transaction among them is rolled back, and its locks are free.
     */
    synchronized void end() {
        if (System.nanoTime() - lastLook < PAUSE.toNanos()) {
            return;
        }
        lastLook = System.nanoTime();
        try {
            if (isMySql()) {
                sleepers().forEach(this::kill);
            }
        } catch (DataAccessException e) {
            log.warn("cannot look for stuck transactions", e);
        }
    }

    boolean isMySql() {
        String product = jdbc.execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        return product != null && List.of("mysql", "mariadb").contains(product.toLowerCase(Locale.ROOT));
    }

    private List<Long> sleepers() {
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
                    "ended database connection {}: idle for {} s or more while others waited for a lock",
                    id,
                    idleMax.toSeconds());
        } catch (DataAccessException e) {
            // It has ended by itself.
            log.debug("connection {} could not be ended", id, e);
        }
    }
}
