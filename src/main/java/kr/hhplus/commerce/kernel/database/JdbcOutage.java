package kr.hhplus.commerce.kernel.database;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Translates errors that mean that the database cannot read or write at all to
 * {@link DataAccessResourceFailureException}. Spring does so only for lost connections.
 *
 * <p>H2 closes its store for good after a failed write (a full disk). Opening the store again in the same process,
 * beside connections to the closed one, has damaged the file (decision 027). So the process ends at once, and the next
 * start opens the file as after a crash, with every committed write.
 */
final class JdbcOutage extends SQLExceptionSubclassTranslator {

    /** H2: an I/O error, a store that was closed. A damaged page (90030) fails the reads that meet it, and no other. */
    private static final Set<Integer> H2_STORE_FAILURES = Set.of(90028, 90031, 90098, 90121);

    /** MySQL and MariaDB: disk full, error on write, table full. */
    private static final Set<Integer> MYSQL_DISK_FULL = Set.of(1021, 1026, 1114);

    private static final int CAUSES_MAX = 20;

    private final Consumer<String> storeFailed;

    /** @param storeFailed called with the reason at each error by which an embedded store says that it has failed */
    JdbcOutage(Consumer<String> storeFailed) {
        this.storeFailed = storeFailed;
    }

    @Override
    protected DataAccessException doTranslate(String task, String sql, SQLException failure) {
        if (isStoreFailure(failure)) {
            storeFailed.accept(
                    String.valueOf(causeOf(failure)).lines().findFirst().orElse(""));
        }
        return isUnusable(failure)
                ? new DataAccessResourceFailureException(buildMessage(task, sql, failure), failure)
                : super.doTranslate(task, sql, failure);
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
