package kr.hhplus.commerce.groupcommit;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Detects a server that refuses writes because another one has become the primary. Its connections are healthy, so the
 * pool keeps them; they must be evicted for new ones to reach the new primary.
 */
final class JdbcReadOnlyPrimaryDetector {

    private static final Logger log = LoggerFactory.getLogger(CommandQueue.class);

    /** read_only, a read-only transaction, innodb_read_only, and a replication group without a majority. */
    private static final Set<Integer> READ_ONLY_ERRORS = Set.of(1290, 1792, 1836, 3100);

    private final DataSource database;

    JdbcReadOnlyPrimaryDetector(DataSource database) {
        this.database = database;
    }

    static boolean isReadOnly(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException sql
                && READ_ONLY_ERRORS.contains(sql.getErrorCode());
    }

    /** Closes the idle connections of both pools now, and active ones when they return to their pool. */
    void evictConnections() {
        log.warn("the database server is read-only: evicting its connections");
        JdbcRoutingDataSource.onWriterPool((Runnable) this::evictPool);
        evictPool();
    }

    private void evictPool() {
        try {
            if (database.isWrapperFor(HikariDataSource.class)) {
                // Null where the pool has not opened a connection yet.
                HikariPoolMXBean pool = database.unwrap(HikariDataSource.class).getHikariPoolMXBean();
                if (pool != null) {
                    pool.softEvictConnections();
                }
            }
        } catch (SQLException e) {
            log.warn("the database server is read-only, and its connections cannot be evicted", e);
        }
    }
}
