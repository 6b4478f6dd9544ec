package kr.hhplus.commerce.groupcommit;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Probes rows with locking reads in auto-commit mode, so that each statement releases its locks when it ends. */
final class JdbcRowProbe implements RowProbe {

    /** With more rows in a statement MySQL's optimizer may scan the table instead of using the key. */
    private static final int ROWS_PER_STATEMENT_MAX = 1_000;

    private static final int MYSQL_LOCK_WAIT_TIMEOUT = 1205;
    private static final int MYSQL_LOCK_NOWAIT = 3572;
    private static final int H2_LOCK_TIMEOUT = 50_200;

    private final JdbcTemplate jdbc;
    private final JdbcIdleTransactionKiller idleTransactionKiller;
    private final long searchNanosMax;

    /** @param searchMax how long to narrow down the locked rows of one table; the rest then counts as locked */
    JdbcRowProbe(DataSource database, JdbcIdleTransactionKiller idleTransactionKiller, Duration searchMax) {
        this.jdbc = new JdbcTemplate(database);
        this.idleTransactionKiller = idleTransactionKiller;
        this.searchNanosMax = searchMax.toNanos();
    }

    /** Whether a statement timed out on a lock. MariaDB reports 1205 for NOWAIT, too. */
    static boolean isLockTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                int code = sql.getErrorCode();
                return code == MYSQL_LOCK_WAIT_TIMEOUT || code == MYSQL_LOCK_NOWAIT || code == H2_LOCK_TIMEOUT;
            }
        }
        return false;
    }

    @Override
    public Set<RowKey> locked(Collection<RowKey> rows) {
        Set<RowKey> locked = new HashSet<>();
        rows.stream().collect(Collectors.groupingBy(RowKey::table)).forEach((table, ofTable) -> {
            long begun = System.nanoTime();
            for (int from = 0; from < ofTable.size(); from += ROWS_PER_STATEMENT_MAX) {
                int to = Math.min(ofTable.size(), from + ROWS_PER_STATEMENT_MAX);
                collectLocked(table, ofTable.subList(from, to), begun, locked);
            }
        });
        return locked;
    }

    private void collectLocked(RowTable table, List<RowKey> rows, long begunNanos, Set<RowKey> locked) {
        if (lock(table, rows, " NOWAIT")) {
            return;
        }
        if (rows.size() == 1 || System.nanoTime() - begunNanos > searchNanosMax) {
            locked.addAll(rows);
            return;
        }
        int middle = rows.size() / 2;
        collectLocked(table, rows.subList(0, middle), begunNanos, locked);
        collectLocked(table, rows.subList(middle, rows.size()), begunNanos, locked);
    }

    @Override
    public boolean awaitFree(RowKey row) {
        return lock(row.table(), List.of(row), "");
    }

    private boolean lock(RowTable table, List<RowKey> rows, String howLong) {
        List<Object> keys = new ArrayList<>();
        rows.forEach(row -> row.key().forEach(part -> keys.add(column(part))));
        try {
            jdbc.query(
                    "SELECT 1 FROM " + table.name() + RowTable.BY_KEY + " WHERE " + anyOf(table, rows.size())
                            + " FOR UPDATE" + howLong,
                    row -> {},
                    keys.toArray());
            return true;
        } catch (DataAccessException e) {
            if (isLockTimeout(e)) {
                return false;
            }
            throw e;
        }
    }

    private static String anyOf(RowTable table, int rows) {
        List<String> columns = table.keyColumns();
        if (columns.size() == 1) {
            return columns.get(0) + " IN (" + String.join(", ", Collections.nCopies(rows, "?")) + ")";
        }
        // No row constructors: MariaDB would scan the whole table.
        String one = columns.stream().map(column -> column + " = ?").collect(Collectors.joining(" AND ", "(", ")"));
        return String.join(" OR ", Collections.nCopies(rows, one));
    }

    private static Object column(Object part) {
        return part instanceof String text ? text.getBytes(StandardCharsets.US_ASCII) : part;
    }

    @Override
    public Optional<String> holderOf(RowKey row) {
        return idleTransactionKiller.isMySql() ? mySqlHolderOf(row) : Optional.empty();
    }

    private Optional<String> mySqlHolderOf(RowKey row) {
        String first = row.key().get(0).toString();
        return jdbc
                .query(
                        """
                        SELECT t.processlist_id, t.processlist_user, t.processlist_host, t.processlist_command,
                               l.index_name, l.lock_mode
                        FROM performance_schema.data_locks l JOIN performance_schema.threads t USING (thread_id)
                        WHERE l.object_schema = DATABASE() AND l.object_name = ? AND l.lock_type = 'RECORD'
                          AND l.lock_status = 'GRANTED' AND (l.lock_data = ? OR l.lock_data LIKE CONCAT(?, ', %'))
                        LIMIT 1
                        """,
                        (lock, number) -> "connection %d of %s@%s (%s), index %s, mode %s"
                                .formatted(
                                        lock.getLong(1),
                                        lock.getString(2),
                                        lock.getString(3),
                                        lock.getString(4),
                                        lock.getString(5),
                                        lock.getString(6)),
                        row.table().name(),
                        first,
                        first)
                .stream()
                .findFirst();
    }

    @Override
    public void whileLocked() {
        idleTransactionKiller.killIdle();
    }
}
