package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.STOCK_CONSERVED;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks for every product that stock movements = stock left + quantity in open reservations + quantity sold, net of
 * refunds, and that the write-offs among the movements are the refunded pieces that were not restocked.
 */
final class StockCheck {

    private final Map<Long, Account> accounts = new TreeMap<>();

    private static final class Account {
        private boolean exists;
        private long difference;
        private long writtenOff;
    }

    StockCheck(JdbcTemplate jdbc) {
        jdbc.query("SELECT id, stock FROM product", row -> {
            account(row.getLong("id")).exists = true;
            account(row.getLong("id")).difference -= row.getLong("stock");
        });
        jdbc.query(
                "SELECT product_id, type, SUM(delta) AS moved FROM stock_movement GROUP BY product_id, type", row -> {
                    Account account = account(row.getLong("product_id"));
                    account.difference += row.getLong("moved");
                    if (row.getString("type").equals("WRITE_OFF")) {
                        account.writtenOff += row.getLong("moved");
                    }
                });
    }

    void addHeld(long product, long quantity) {
        account(product).difference -= quantity;
    }

    void addSold(long product, long quantity) {
        account(product).difference -= quantity;
    }

    /** Adds refunded pieces that were not restocked. */
    void addWrittenOff(long product, long quantity) {
        account(product).writtenOff += quantity;
    }

    void report(ReconciliationFindings findings) {
        accounts.forEach((product, account) -> {
            if (!account.exists) {
                findings.addViolation(STOCK_CONSERVED, "products that do not exist", product.toString());
            } else if (account.difference != 0) {
                String surplus = (account.difference < 0 ? "+" : "-") + Math.abs(account.difference);
                findings.addViolation(
                        STOCK_CONSERVED, "products where sold + held + left ≠ put in", product + " by " + surplus);
            }
            if (account.writtenOff != 0) {
                findings.addViolation(
                        STOCK_CONSERVED,
                        "products whose write-offs are not the refunds without restocking",
                        product.toString());
            }
        });
        findings.addNote(STOCK_CONSERVED, accounts.size() + " products");
        findings.addNote(Invariant.STOCK_NOT_NEGATIVE, accounts.size() + " products");
    }

    private Account account(long product) {
        return accounts.computeIfAbsent(product, id -> new Account());
    }
}
