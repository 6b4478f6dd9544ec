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
 * Waits at start-up for a database server that does not answer yet, or takes no writes yet: one that starts together
 * with its instances, or a cluster that elects its primary. What waiting does not change, as a wrong password, ends the
 * start at once.
 */
final class JdbcStartWait {

    private static final Logger log = LoggerFactory.getLogger(JdbcStartWait.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final String CONNECTION_FAILURES = "08";

    private final String address;
    private final Duration waitMax;

    /** @param address for the log, without secrets */
    JdbcStartWait(String address, Duration waitMax) {
        this.address = address;
        this.waitMax = waitMax;
    }

    /**
     * Runs the check until it passes.
     *
     * @throws RuntimeException the check's own, where waiting is no help or has taken {@code waitMax}
     */
    void until(Runnable check) {
        long begun = System.nanoTime();
        long nextLine = begun;
        for (boolean waited = false; ; waited = true) {
            try {
                check.run();
                if (waited) {
                    log.info("The database at {} answers", address);
                }
                return;
            } catch (DataAccessException | DatabaseRefusedException e) {
                long now = System.nanoTime();
                if (!mayPass(e) || now - begun >= waitMax.toNanos()) {
                    throw e;
                }
                if (now - nextLine >= 0) {
                    nextLine = now + BETWEEN_LINES.toNanos();
                    log.warn(
                            "Waiting for the database at {}: {} ({} s of {} s, commerce.database.startup-timeout)",
                            address,
                            reason(e),
                            TimeUnit.NANOSECONDS.toSeconds(now - begun),
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
        // Without a state the pool has had no answer yet.
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
