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
 * Translates errors that prevent the database from all reads or writes to {@link DataAccessResourceFailureException}.
 * Spring does so only for lost connections.
 *
 * <p>H2 closes its store for good after a failed write (a full disk). Reopening the store in the same process, while
 * connections to the closed store exist, has damaged the file (decision 027). So the process exits at once. The next
 * start opens the file as after a crash, with every committed write.
 */
final class JdbcOutage extends SQLExceptionSubclassTranslator {

    /**
     * H2: I/O errors and a closed store. A damaged page (90030) is missing, because it fails only the reads of that
     * page.
     */
    private static final Set<Integer> H2_STORE_FAILURES = Set.of(90028, 90031, 90098, 90121);

    /** MySQL and MariaDB: disk full, write error, table full. */
    private static final Set<Integer> MYSQL_DISK_FULL = Set.of(1021, 1026, 1114);

    private static final int CAUSES_MAX = 20;

    private final Consumer<String> storeFailed;

    /**
     * Creates the translator.
     *
     * @param storeFailed receives the reason of each failure of an embedded store
     */
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

    /** Whether a failure, or one of its causes, means that the database is not usable at present. */
    static boolean isOutage(Throwable failure) {
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
        return isH2(failure)
                && (H2_STORE_FAILURES.contains(failure.getErrorCode()) || causeOf(failure) instanceof IOException);
    }

    private static boolean isH2(SQLException failure) {
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
