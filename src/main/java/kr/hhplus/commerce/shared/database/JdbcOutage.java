package kr.hhplus.commerce.shared.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Knows the errors by which a database says that it cannot read or write at all, and translates them to
 * {@link DataAccessResourceFailureException}, which Spring does for lost connections alone.
 *
 * <p>H2 closes its store after a write that failed (a full disk), and every connection that it has fails from then on,
 * while {@code isValid} stays true. A new connection opens the store again, with all that was committed. So the pool
 * drops its connections at each such error, and readiness stays down until a write succeeds.
 */
final class JdbcOutage extends SQLExceptionSubclassTranslator {

    /** H2: an I/O error, a damaged file, a store that was closed. */
    private static final Set<Integer> H2_STORE_FAILURES = Set.of(90028, 90030, 90031, 90098, 90121);

    /** MySQL and MariaDB: disk full, error on write, table full. */
    private static final Set<Integer> MYSQL_DISK_FULL = Set.of(1021, 1026, 1114);

    private static final int CAUSES_MAX = 20;

    private final DataSource database;
    private volatile boolean storeFailed;

    JdbcOutage(DataSource database) {
        this.database = database;
    }

    @Override
    protected DataAccessException doTranslate(String task, String sql, SQLException failure) {
        if (isStoreFailure(failure)) {
            storeFailed = true;
            dropConnections();
        }
        return isUnusable(failure)
                ? new DataAccessResourceFailureException(buildMessage(task, sql, failure), failure)
                : super.doTranslate(task, sql, failure);
    }

    /** Whether the embedded store has failed and no write has been seen to succeed since. */
    boolean isInDoubt() {
        return storeFailed;
    }

    /** A write is about to show whether the store works again. An error from here on is a new one. */
    void expectSuccess() {
        storeFailed = false;
    }

    /** Idle connections now, and those in use once they are given back. */
    private void dropConnections() {
        try {
            if (database.isWrapperFor(HikariDataSource.class)) {
                HikariPoolMXBean pool = database.unwrap(HikariDataSource.class).getHikariPoolMXBean();
                if (pool != null) {
                    pool.softEvictConnections();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a failure, or one of its causes, means that the database is away or cannot be used at present. */
    static boolean isBehind(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < CAUSES_MAX && cause != null; i++, cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof SQLException sql && isUnusable(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnusable(SQLException failure) {
        return failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLTransientConnectionException
                || failure instanceof SQLRecoverableException
                || MYSQL_DISK_FULL.contains(failure.getErrorCode())
                || isStoreFailure(failure);
    }

    private static boolean isStoreFailure(SQLException failure) {
        return isOfH2(failure)
                && (H2_STORE_FAILURES.contains(failure.getErrorCode()) || causeOf(failure) instanceof IOException);
    }

    private static boolean isOfH2(SQLException failure) {
        return failure.getClass().getName().startsWith("org.h2.");
    }

    static Throwable causeOf(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < CAUSES_MAX && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        return cause;
    }
}
