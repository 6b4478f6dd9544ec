package kr.hhplus.commerce.groupcommit;

import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Opens lanes over the database, and drains them all when the application stops, before the pool closes. */
@Component
public final class CommandQueues implements DisposableBean {

    /** A writer searches four times before it believes that rows are locked: no longer than one lock wait in all. */
    private static final Duration PROBE_SEARCH_MAX = Duration.ofMillis(500);

    private final PlatformTransactionManager transactions;
    private final JdbcWriterConnections connections;
    private final JdbcIdleTransactionKiller stuck;
    private final JdbcReadOnlyPrimaryDetector demoted;
    private final LockedRows locked;
    private final GroupCommitProperties properties;
    private final AdmissionPolicy admission;
    private final MeterRegistry registry;
    private final List<GroupCommit<?, ?>> open = new ArrayList<>();

    CommandQueues(
            DataSource database,
            GroupCommitProperties properties,
            Optional<AdmissionPolicy> admission,
            MeterRegistry registry) {
        requireReadCommitted(database);
        this.transactions = transactionsOf(database);
        this.connections = new JdbcWriterConnections(database);
        this.stuck = new JdbcIdleTransactionKiller(database, properties.idleTransactionMax());
        this.demoted = new JdbcReadOnlyPrimaryDetector(database);
        this.locked = new LockedRows(new JdbcRowProbe(database, stuck, PROBE_SEARCH_MAX), registry);
        this.properties = properties;
        this.admission = admission.orElse(null);
        this.registry = registry;
    }

    private static void requireReadCommitted(DataSource database) {
        try (Connection connection = database.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                throw new IllegalStateException("The database's connections must run READ COMMITTED, but run at level "
                        + isolation + ": set spring.datasource.hikari.transaction-isolation to"
                        + " TRANSACTION_READ_COMMITTED");
            }
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("cannot ask the database for its isolation level", e);
        }
    }

    private static PlatformTransactionManager transactionsOf(DataSource database) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        // Otherwise the clean-up after a failed commit switches auto-commit on, which commits what is still open.
        transactions.setRollbackOnCommitFailure(true);
        return transactions;
    }

    /** A lane with the configured limits, whose batches run in transactions of the application's database. */
    public <C, R> GroupCommit<C, R> open(String name, BatchWork<C, R> work) {
        return open(name, work, CommandRows.unknown());
    }

    /** As the other, and able to set commands aside whose rows another session holds. */
    public synchronized <C, R> GroupCommit<C, R> open(String name, BatchWork<C, R> work, CommandRows<C> rows) {
        JdbcBatchStore<C, R> store = new JdbcBatchStore<>(transactions, connections, work, stuck, demoted);
        GroupCommit<C, R> lane = new GroupCommit<>(name, properties, store, rows, locked, admission, registry);
        open.add(lane);
        return lane;
    }

    @Override
    public synchronized void destroy() {
        open.forEach(GroupCommit::close);
        locked.close();
    }
}
