package kr.hhplus.commerce.kernel.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Waits at the start for a database server that is not reachable or accepts no writes yet: a server that starts
 * together with its instances, or a cluster that elects its primary. A failure that waiting does not cure, such as a
 * wrong password, ends the start at once.
 */
final class JdbcStartWait {

    private static final Logger log = LoggerFactory.getLogger(JdbcStartWait.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(5);
    private static final String CONNECTION_FAILURES = "08";

    private final String address;
    private final Duration waitMax;

    /**
     * Creates the wait.
     *
     * @param address the server's address for the log, without secrets
     * @param waitMax the maximum wait
     */
    JdbcStartWait(String address, Duration waitMax) {
        this.address = address;
        this.waitMax = waitMax;
    }

    /**
     * Runs the check until it passes.
     *
     * @throws RuntimeException the check's exception, if waiting does not help or {@code waitMax} has passed
     */
    void until(Runnable check) {
        long startNanos = System.nanoTime();
        long nextLogNanos = startNanos;
        for (boolean waited = false; ; waited = true) {
            try {
                check.run();
                if (waited) {
                    log.info("The database at {} responds", address);
                }
                return;
            } catch (DataAccessException | DatabaseRefusedException e) {
                long now = System.nanoTime();
                if (!mayPass(e) || now - startNanos >= waitMax.toNanos()) {
                    throw e;
                }
                if (now - nextLogNanos >= 0) {
                    nextLogNanos = now + LOG_INTERVAL.toNanos();
                    log.warn(
                            "Waiting for the database at {}: {} ({} s of {} s, commerce.database.startup-timeout)",
                            address,
                            reason(e),
                            TimeUnit.NANOSECONDS.toSeconds(now - startNanos),
                            waitMax.toSeconds());
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean mayPass(RuntimeException failure) {
        if (failure instanceof DatabaseRefusedException refused) {
            return refused.mayPass();
        }
        // Without a SQL state the pool has not received a response yet.
        return failure.getCause() instanceof SQLException sql
                && (sql.getSQLState() == null
                        ? sql instanceof SQLTransientConnectionException
                        : sql.getSQLState().startsWith(CONNECTION_FAILURES));
    }

    private static String reason(RuntimeException failure) {
        String message = String.valueOf(JdbcOutage.causeOf(failure).getMessage());
        return message.lines().findFirst().orElse("");
    }
}
