package kr.hhplus.bench.baseline;

import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A top-up as in textbooks: lock the wallet, write the entry and the balance, commit. */
@Component
class PlainWallets {

    private static final long BALANCE_MAX = 100_000_000;

    private final JdbcTemplate jdbc;
    private final PlainIds ids;

    PlainWallets(JdbcTemplate jdbc, PlainIds ids) {
        this.jdbc = jdbc;
        this.ids = ids;
    }

    @Transactional
    public Map<String, Object> charge(long userId, long amount) {
        long[] wallet = PlainController.only(
                jdbc.query(
                        "SELECT balance, entries FROM wallet WHERE user_id = ? FOR UPDATE",
                        (row, i) -> new long[] {row.getLong(1), row.getLong(2)},
                        userId),
                "UNKNOWN_USER");
        long balance = wallet[0] + amount;
        if (balance > BALANCE_MAX) {
            throw new Refused("BALANCE_LIMIT_EXCEEDED");
        }
        long id = ids.next();
        jdbc.update(
                "INSERT INTO ledger_entry (user_id, entry_no, id, type, amount, balance_after, created_at)"
                        + " VALUES (?, ?, ?, 'CHARGE', ?, ?, ?)",
                userId,
                wallet[1] + 1,
                id,
                amount,
                balance,
                PlainController.now());
        jdbc.update("UPDATE wallet SET balance = ?, entries = ? WHERE user_id = ?", balance, wallet[1] + 1, userId);
        return Map.of(
                "userId",
                userId,
                "balance",
                balance,
                "currency",
                "KRW",
                "chargedAmount",
                amount,
                "transactionId",
                PlainIds.text(id));
    }
}
