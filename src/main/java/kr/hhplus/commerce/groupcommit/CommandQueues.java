package kr.hhplus.commerce.groupcommit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
    private final JdbcIdleTransactionKiller idleTransactionKiller;
    private final JdbcReadOnlyPrimaryDetector readOnlyPrimaryDetector;
    private final LockedRows lockedRows;
    private final GroupCommitProperties properties;
    private final AdmissionPolicy admissionPolicy;
    private final ObservationRegistry observations;
    private final MeterRegistry registry;
    private final List<CommandQueue<?, ?>> open = new ArrayList<>();

    CommandQueues(
            DataSource database,
            PlatformTransactionManager transactions,
            GroupCommitProperties properties,
            Optional<AdmissionPolicy> admissionPolicy,
            Optional<Tracer> tracer,
            ObservationRegistry observations,
            MeterRegistry registry) {
        requireReadCommitted(database);
        this.transactions = transactions;
        this.idleTransactionKiller = new JdbcIdleTransactionKiller(database, properties.idleTransactionMax());
        this.readOnlyPrimaryDetector = new JdbcReadOnlyPrimaryDetector(database);
        this.lockedRows = new LockedRows(new JdbcRowProbe(database, idleTransactionKiller, PROBE_SEARCH_MAX), registry);
        this.properties = properties;
        this.admissionPolicy = admissionPolicy.orElse(null);
        // Without a tracer, observations would only cost time: they do not feed the timers of a queue.
        this.observations = tracer.isPresent() ? observations : ObservationRegistry.NOOP;
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

    /** Opens a queue that does not know the rows of its commands, so that it sets none of them aside. */
    public <C, R> CommandQueue<C, R> open(String name, Function<List<C>, BatchResult<R>> decideBatch) {
        return open(name, decideBatch, CommandRows.unknown());
    }

    /**
     * Opens a queue with the configured limits, whose batches run in transactions of the application's database.
     *
     * @param decideBatch called in the transaction of a batch, possibly again with the same commands: locks every row
     *     in the one global order, decides each command in arrival order, and writes all effects
     * @param rows the rows of commands, which are set aside while another session holds one of them
     */
    public synchronized <C, R> CommandQueue<C, R> open(
            String name, Function<List<C>, BatchResult<R>> decideBatch, CommandRows<C> rows) {
        if (open.size() == QUEUES_MAX) {
            throw new IllegalStateException("more than " + QUEUES_MAX + " command queues");
        }
        JdbcBatchStore<C, R> store =
                new JdbcBatchStore<>(transactions, decideBatch, idleTransactionKiller, readOnlyPrimaryDetector);
        CommandQueue<C, R> queue =
                new CommandQueue<>(name, properties, store, rows, lockedRows, admissionPolicy, observations, registry);
        open.add(queue);
        return queue;
    }

    @Override
    public synchronized void destroy() {
        open.forEach(CommandQueue::close);
        lockedRows.close();
    }
}
