package kr.hhplus.commerce.groupcommit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A busy writer keeps its connection, with auto-commit off, from one batch that went well to the next, for a second:
 * switching it would cost each batch two round trips.
 */
final class JdbcWriterConnections {

    private static final Logger log = LoggerFactory.getLogger(GroupCommit.class);
    private static final long HELD_MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Held(Connection connection, boolean ofH2, long sinceNanos) {}

    private final DataSource database;
    private final ThreadLocal<Held> held = new ThreadLocal<>();

    JdbcWriterConnections(DataSource database) {
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
                boolean ofH2 = connection.getMetaData().getURL().startsWith("jdbc:h2:");
                return new Held(connection, ofH2, System.nanoTime());
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("no connection for a batch", e);
        }
    }

    /**
     * To be called after a commit. H2 leaves a commit out without an error when another thread's write has just failed
     * and closed the store (a full disk); statements on the connection fail from then on.
     */
    void requireOpenStore() {
        Held mine = held.get();
        if (mine.ofH2()) {
            try (Statement statement = mine.connection().createStatement()) {
                statement.execute("SELECT 1");
            } catch (SQLException e) {
                throw new DataAccessResourceFailureException("the store was closed at the commit", e);
            }
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
