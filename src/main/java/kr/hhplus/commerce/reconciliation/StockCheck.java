package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.STOCK_CONSERVED;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every product's stock account: all that was put in by hand, less what is left, less what live orders hold, is 0. */
final class StockCheck {

    private final Map<Long, Account> accounts = new TreeMap<>();

    private static final class Account {
        private boolean known;
        private long open;
    }

    StockCheck(JdbcTemplate jdbc) {
        jdbc.query("SELECT id, stock FROM product", row -> {
            account(row.getLong("id")).known = true;
            account(row.getLong("id")).open -= row.getLong("stock");
        });
        jdbc.query("SELECT product_id, SUM(delta) AS put_in FROM stock_movement GROUP BY product_id", row -> {
            account(row.getLong("product_id")).open += row.getLong("put_in");
        });
    }

    void sold(long product, long quantity) {
        account(product).open -= quantity;
    }

    void report(ReconciliationFindings findings) {
        accounts.forEach((product, account) -> {
            if (!account.known) {
                findings.fault(STOCK_CONSERVED, "products that do not exist", product.toString());
            } else if (account.open != 0) {
                String surplus = (account.open < 0 ? "+" : "-") + Math.abs(account.open);
                findings.fault(STOCK_CONSERVED, "products where sold + left ≠ put in", product + " by " + surplus);
            }
        });
        findings.fact(STOCK_CONSERVED, accounts.size() + " products");
        findings.fact(Invariant.STOCK_NOT_NEGATIVE, accounts.size() + " products");
    }

    private Account account(long product) {
        return accounts.computeIfAbsent(product, id -> new Account());
    }
}
