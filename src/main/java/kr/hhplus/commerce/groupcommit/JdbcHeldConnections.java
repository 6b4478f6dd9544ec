package kr.hhplus.commerce.groupcommit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A busy writer keeps its connection, with auto-commit off, from one batch that went well to the next, for a second:
 * switching it would cost each batch two round trips.
 */
final class JdbcHeldConnections {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final long HELD_MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Held(Connection connection, long sinceNanos) {}

    private final DataSource database;
    private final ThreadLocal<Held> held = new ThreadLocal<>();

    JdbcHeldConnections(DataSource database) {
        this.database = database;
    }

    /** From here to {@link #unbind} it is what transactions of this thread run on. */
    void bind() {
        Held mine = held.get();
        if (mine != null && System.nanoTime() - mine.sinceNanos() > HELD_MAX_NANOS) {
            letGo();
            mine = null;
        }
        if (mine == null) {
            mine = borrow();
            held.set(mine);
        }
        TransactionSynchronizationManager.bindResource(database, new ConnectionHolder(mine.connection()));
    }

    private Held borrow() {
        try {
            Connection connection = database.getConnection();
            try {
                connection.setAutoCommit(false);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
            return new Held(connection, System.nanoTime());
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("no connection for a batch", e);
        }
    }

    /** What else this thread does runs on connections of its own. */
    void unbind() {
        TransactionSynchronizationManager.unbindResourceIfPossible(database);
    }

    /** Gives it back to the pool, which rolls back what may be open, and switches auto-commit on again. */
    void letGo() {
        Held mine = held.get();
        held.remove();
        if (mine != null) {
            try {
                mine.connection().close();
            } catch (SQLException e) {
                log.debug("a writer's connection could not be given back", e);
            }
        }
    }
}
