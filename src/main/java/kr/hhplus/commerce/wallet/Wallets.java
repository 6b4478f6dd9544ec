package kr.hhplus.commerce.wallet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.database.JdbcRows;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores balances and their ledgers. Orders and top-ups lock and save them in the transaction of their batch. */
@Repository
public class Wallets {

    private static final RowTable TABLE = new RowTable("wallet", 10, "user_id");

    private final JdbcClient sql;
    private final JdbcTemplate jdbc;
    private final Ids ids;

    Wallets(JdbcClient sql, JdbcTemplate jdbc, Ids ids) {
        this.sql = sql;
        this.jdbc = jdbc;
        this.ids = ids;
    }

    /** The row that {@link #lock} locks for a user. It may not exist yet. */
    public static RowKey rowOf(long userId) {
        return TABLE.row(userId);
    }

    /** Locks the users' balances in ascending order until the transaction ends. First in the lock order. */
    public BatchBalances lock(Collection<Long> userIds) {
        return new BatchBalances(accounts(new TreeSet<>(userIds), " ORDER BY user_id FOR UPDATE"), ids::next);
    }

    /**
     * Like {@link #lock}, but also locks some users without ledger entries: their rows are inserted with a balance of
     * 0. Rows are inserted only after the others are locked.
     *
     * @param alsoWithoutEntries some of these users
     */
    public BatchBalances lock(Collection<Long> userIds, Collection<Long> alsoWithoutEntries) {
        Map<Long, Account> locked = accounts(new TreeSet<>(userIds), " ORDER BY user_id FOR UPDATE");
        Set<Long> missing = new TreeSet<>(alsoWithoutEntries);
        missing.removeAll(locked.keySet());
        if (missing.isEmpty()) {
            return new BatchBalances(locked, ids::next);
        }
        insertEmpty(missing);
        return lock(userIds);
    }

    /** Like {@link #lock}, but also locks users without ledger entries: their rows are inserted with a balance of 0. */
    BatchBalances lockAll(Collection<Long> userIds) {
        insertEmpty(new TreeSet<>(userIds));
        return lock(userIds);
    }

    private void insertEmpty(Set<Long> userIds) {
        JdbcRows rows =
                new JdbcRows(jdbc, "wallet (user_id, balance, entries)", "ON DUPLICATE KEY UPDATE balance = balance");
        userIds.forEach(user -> rows.row().numbers(user, 0, 0));
        rows.execute();
    }

    /** Reads the current balances. Users without ledger entries are left out. */
    Map<Long, Account> accounts(Collection<Long> userIds) {
        return accounts(userIds, "");
    }

    private Map<Long, Account> accounts(Collection<Long> userIds, String lockClause) {
        Map<Long, Account> accounts = new HashMap<>();
        sql.sql("SELECT user_id, balance, entries FROM wallet" + RowTable.BY_KEY + " WHERE user_id IN (:ids)"
                        + lockClause)
                .param("ids", userIds)
                .query(row -> {
                    Account account = new Account(Won.of(row.getLong("balance")), row.getLong("entries"));
                    accounts.put(row.getLong("user_id"), account);
                });
        return accounts;
    }

    /** Writes the changed balances and their ledger entries, in the transaction that locked the balances. */
    public void save(BatchBalances balances) {
        if (!balances.entries().isEmpty()) {
            // Entries first: if two transactions race for a user's first entry, the primary key rejects the second.
            insertEntries(balances.entries());
            insertPayments(balances.entries());
            upsertBalances(balances.entries());
        }
    }

    private void insertEntries(List<LedgerEntry> entries) {
        String columns = "user_id, entry_no, id, type, amount, balance_after, order_id, payment_id, created_at";
        JdbcRows rows = new JdbcRows(jdbc, "ledger_entry (" + columns + ")");
        for (LedgerEntry entry : entries) {
            rows.row().numbers(entry.userId(), entry.entryNo(), entry.id()).name(entry.type());
            rows.numbers(entry.amount().amount(), entry.balanceAfter().amount());
            rows.numberOrNull(entry.orderId()).numberOrNull(entry.paymentId()).time(entry.createdAt());
        }
        rows.execute();
    }

    /** The primary key rejects a second entry for one payment in one direction, whatever raced or was repeated. */
    private void insertPayments(List<LedgerEntry> entries) {
        JdbcRows rows = new JdbcRows(jdbc, "ledger_payment (payment_id, credit, user_id, entry_no)");
        entries.stream().filter(entry -> entry.paymentId() != null).forEach(entry -> {
            long credit = entry.amount().isLessThan(Won.ZERO) ? 0 : 1;
            rows.row().numbers(entry.paymentId(), credit, entry.userId(), entry.entryNo());
        });
        rows.execute();
    }

    private void upsertBalances(List<LedgerEntry> entries) {
        Map<Long, LedgerEntry> lastOfEach = new HashMap<>();
        entries.forEach(entry -> lastOfEach.put(entry.userId(), entry));
        JdbcRows rows = new JdbcRows(
                jdbc,
                "wallet (user_id, balance, entries)",
                "ON DUPLICATE KEY UPDATE balance = VALUES(balance), entries = VALUES(entries)");
        lastOfEach.forEach(
                (user, last) -> rows.row().numbers(user, last.balanceAfter().amount(), last.entryNo()));
        rows.execute();
    }

    /** Returns whether exactly this entry is committed. Waits for a transaction that is still writing it. */
    public boolean isCommitted(LedgerEntry entry) {
        return sql.sql("SELECT id FROM ledger_entry WHERE user_id = ? AND entry_no = ? FOR UPDATE")
                .params(entry.userId(), entry.entryNo())
                .query(Long.class)
                .optional()
                .filter(id -> id == entry.id())
                .isPresent();
    }

    /** Returns the balance, which includes every acknowledged top-up and order. 0 for a user without entries. */
    public Won balanceOf(long userId) {
        return accounts(List.of(userId)).getOrDefault(userId, Account.EMPTY).balance();
    }

    /** Lists the ledger entries of a user with a number below {@code entryNo}, newest first. */
    public List<LedgerEntry> entriesBefore(long userId, long entryNo, int limit) {
        String newestFirst = """
                SELECT * FROM ledger_entry WHERE user_id = ? AND entry_no < ?
                ORDER BY entry_no DESC LIMIT ?""";
        return sql.sql(newestFirst)
                .params(userId, entryNo, limit)
                .query(Wallets::entry)
                .list();
    }

    private static LedgerEntry entry(ResultSet row, int number) throws SQLException {
        return new LedgerEntry(
                row.getLong("id"),
                row.getLong("user_id"),
                row.getLong("entry_no"),
                LedgerEntry.Type.valueOf(row.getString("type")),
                Won.of(row.getLong("amount")),
                Won.of(row.getLong("balance_after")),
                row.getObject("order_id", Long.class),
                row.getObject("payment_id", Long.class),
                Utc.fromColumn(row.getObject("created_at", LocalDateTime.class)));
    }
}
