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
 * A server that takes no writes any more, because another has become the primary. Its connections are healthy, so they
 * must be let go of by hand, for new ones to be led to the new primary.
 */
final class JdbcReadOnlyPrimaryDetector {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);

    /** read_only, a read-only transaction, innodb_read_only, and a group that has no majority or is being left. */
    private static final Set<Integer> REFUSALS = Set.of(1290, 1792, 1836, 3100);

    private final DataSource database;

    JdbcReadOnlyPrimaryDetector(DataSource database) {
        this.database = database;
    }

    static boolean refused(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException sql && REFUSALS.contains(sql.getErrorCode());
    }

    /** Closes idle connections now, and those at work once they are given back. */
    void leave() {
        try {
            if (database.isWrapperFor(HikariDataSource.class)) {
                HikariPoolMXBean pool = database.unwrap(HikariDataSource.class).getHikariPoolMXBean();
                pool.softEvictConnections();
                log.warn("the database server takes no writes: leaving its connections for new ones");
            }
        } catch (SQLException e) {
            log.warn("the database server takes no writes, and its connections cannot be left", e);
        }
    }
}
