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
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Opens command queues on the database, and drains them when the application stops, before the pools close. */
@Component
public final class CommandQueues implements DisposableBean {

    /** Command queues of one application, so that the writers' pool can hold a connection for each writer. */
    public static final int QUEUES_MAX = 16;

    /** A writer probes four times before it takes rows for locked; in all it must not exceed one lock wait. */
    private static final Duration PROBE_SEARCH_MAX = Duration.ofMillis(500);

    private final PlatformTransactionManager transactions;
    private final JdbcIdleTransactionKiller stuck;
    private final JdbcReadOnlyPrimaryDetector demoted;
    private final LockedRows locked;
    private final GroupCommitProperties properties;
    private final AdmissionPolicy admission;
    private final CommandTracing tracing;
    private final MeterRegistry registry;
    private final List<GroupCommit<?, ?>> open = new ArrayList<>();

    CommandQueues(
            DataSource database,
            PlatformTransactionManager transactions,
            GroupCommitProperties properties,
            Optional<AdmissionPolicy> admission,
            CommandTracing tracing,
            MeterRegistry registry) {
        requireReadCommitted(database);
        this.transactions = transactions;
        this.stuck = new JdbcIdleTransactionKiller(database, properties.idleTransactionMax());
        this.demoted = new JdbcReadOnlyPrimaryDetector(database);
        this.locked = new LockedRows(new JdbcRowProbe(database, stuck, PROBE_SEARCH_MAX), registry);
        this.properties = properties;
        this.admission = admission.orElse(null);
        this.tracing = tracing;
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
            throw new CannotGetJdbcConnectionException("cannot read the isolation level of the database", e);
        }
    }

    /** Opens a queue with the configured limits, whose batches run in transactions of the application's database. */
    public <C, R> GroupCommit<C, R> open(String name, BatchWork<C, R> work) {
        return open(name, work, CommandRows.unknown());
    }

    /** Opens a queue that can set commands aside while another session holds their rows. */
    public synchronized <C, R> GroupCommit<C, R> open(String name, BatchWork<C, R> work, CommandRows<C> rows) {
        if (open.size() == QUEUES_MAX) {
            throw new IllegalStateException("more than " + QUEUES_MAX + " command queues");
        }
        JdbcBatchStore<C, R> store = new JdbcBatchStore<>(transactions, work, stuck, demoted);
        GroupCommit<C, R> queue =
                new GroupCommit<>(name, properties, store, rows, locked, admission, tracing, registry);
        open.add(queue);
        return queue;
    }

    @Override
    public synchronized void destroy() {
        open.forEach(GroupCommit::close);
        locked.close();
    }
}
