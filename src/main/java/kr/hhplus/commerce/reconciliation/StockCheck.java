package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.STOCK_CONSERVED;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** Checks for every product that stock movements = stock left + quantity in open reservations and paid orders. */
final class StockCheck {

    private final Map<Long, Account> accounts = new TreeMap<>();

    private static final class Account {
        private boolean exists;
        private long difference;
    }

    StockCheck(JdbcTemplate jdbc) {
        jdbc.query("SELECT id, stock FROM product", row -> {
            account(row.getLong("id")).exists = true;
            account(row.getLong("id")).difference -= row.getLong("stock");
        });
        jdbc.query("SELECT product_id, SUM(delta) AS moved FROM stock_movement GROUP BY product_id", row -> {
            account(row.getLong("product_id")).difference += row.getLong("moved");
        });
    }

    void addHeld(long product, long quantity) {
        account(product).difference -= quantity;
    }

    void addSold(long product, long quantity) {
        account(product).difference -= quantity;
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
        });
        findings.addNote(STOCK_CONSERVED, accounts.size() + " products");
        findings.addNote(Invariant.STOCK_NOT_NEGATIVE, accounts.size() + " products");
    }

    private Account account(long product) {
        return accounts.computeIfAbsent(product, id -> new Account());
    }
}
