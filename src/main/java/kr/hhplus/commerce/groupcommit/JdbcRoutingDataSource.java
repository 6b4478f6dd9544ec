package kr.hhplus.commerce.groupcommit;

import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * The application's {@link DataSource}. Transactions of command queues run on a pool of their own, so that a writer
 * never waits for a connection behind reads. Auto-commit is off in that pool: switching it off and on again would cost
 * each batch two round trips.
 *
 * <p>A writer takes its connection from that pool when it begins a transaction. Everything else that runs on a writer
 * thread, such as the callbacks of its commands, uses the shared pool, because it relies on auto-commit.
 */
public final class JdbcRoutingDataSource extends AbstractRoutingDataSource {

    private static final ThreadLocal<Boolean> ON_WRITER_POOL = new ThreadLocal<>();

    /**
     * Routes between two pools of one database.
     *
     * @param shared for everything but the batches of command queues
     * @param writers for those batches, with auto-commit off
     */
    public JdbcRoutingDataSource(DataSource shared, DataSource writers) {
        setDefaultTargetDataSource(shared);
        setTargetDataSources(Map.of(true, writers));
        initialize();
    }

    /** Runs the work with connections of the writers' pool, where the thread has no transaction yet. */
    static <T> T onWriterPool(Supplier<T> work) {
        ON_WRITER_POOL.set(true);
        try {
            return work.get();
        } finally {
            ON_WRITER_POOL.remove();
        }
    }

    static void onWriterPool(Runnable work) {
        onWriterPool(() -> {
            work.run();
            return true;
        });
    }

    @Override
    protected Object determineCurrentLookupKey() {
        return ON_WRITER_POOL.get();
    }
}
