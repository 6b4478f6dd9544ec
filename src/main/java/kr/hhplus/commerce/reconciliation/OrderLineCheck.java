package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.ORDERS_COMPLETE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Checks that the lines of every order add up to its amounts, and feeds the lines to the other checks. */
final class OrderLineCheck {

    /** Fewer than elsewhere, because the lines of one order take up to 40 KB. */
    private static final int ORDERS_PER_QUERY = 500;

    private static final int LINES_MAX = 100;

    private static final Set<String> SOLD = Set.of("PAID", "PARTIALLY_REFUNDED", "REFUNDED");

    private static final ObjectReader LINES = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Line[].class);

    private final JdbcTemplate jdbc;
    private final ReconciliationFindings findings;
    private final StockCheck stock;
    private final PurchaseCountCheck purchases;
    private long orders;
    private long cancelled;

    /** A line as the column {@code orders.items} stores it. */
    record Line(long productId, String name, long unitPrice, long quantity, long lineAmount) {}

    OrderLineCheck(JdbcTemplate jdbc, ReconciliationFindings findings, StockCheck stock, PurchaseCountCheck purchases) {
        this.jdbc = jdbc;
        this.findings = findings;
        this.stock = stock;
        this.purchases = purchases;
    }

    interface Sink {
        void accept(long userId, long productId, long quantity);
    }

    /** Passes on the lines of every order that was not cancelled; skips orders whose lines are unreadable. */
    static void readSold(JdbcTemplate jdbc, Sink sink) {
        String sql = "SELECT id, user_id, status, items FROM orders WHERE id > ? ORDER BY id";
        KeysetScan.scan(jdbc, sql, ORDERS_PER_QUERY, new Object[] {Long.MIN_VALUE}, row -> {
            if (!row.getString("status").equals("CANCELLED")) {
                try {
                    for (Line line : read(row.getString("items"))) {
                        sink.accept(row.getLong("user_id"), line.productId(), line.quantity());
                    }
                } catch (JsonProcessingException e) {
                    // The first pass over the orders has already reported it.
                }
            }
            return new Object[] {row.getLong("id")};
        });
    }

    static Line[] read(String items) throws JsonProcessingException {
        return LINES.readValue(items);
    }

    void run() {
        KeysetScan.scan(jdbc, """
            SELECT id, user_id, status, items, total_amount, discount_amount, paid_amount, cancelled_at
            FROM orders WHERE id > ? ORDER BY id
            """, ORDERS_PER_QUERY, new Object[] {Long.MIN_VALUE}, this::check);
        findings.addNote(ORDERS_COMPLETE, orders + " orders, " + cancelled + " of them cancelled");
    }

    private Object[] check(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        long paid = row.getLong("paid_amount");
        String status = row.getString("status");
        boolean isSold = !status.equals("CANCELLED");
        orders++;
        cancelled += isSold ? 0 : 1;
        // Whether the status fits the refunds is another check.
        boolean known = row.getString("cancelled_at") == null ? SOLD.contains(status) : !isSold;
        if (!known) {
            findings.addViolation(ORDERS_COMPLETE, "orders whose status and cancellation disagree", IdText.of(id));
        }
        String violation = violationIn(row, paid, isSold);
        if (violation != null) {
            findings.addViolation(ORDERS_COMPLETE, violation, IdText.of(id));
        }
        return new Object[] {id};
    }

    /** @return null if the lines are right */
    private @Nullable String violationIn(ResultSet row, long paid, boolean isSold) throws SQLException {
        try {
            Line[] lines = read(row.getString("items"));
            long total = 0;
            boolean right = lines.length >= 1 && lines.length <= LINES_MAX;
            for (Line line : lines) {
                right &= line.quantity() > 0 && line.lineAmount() == line.unitPrice() * line.quantity();
                total += line.lineAmount();
                if (isSold) {
                    stock.addSold(line.productId(), line.quantity());
                    purchases.addPurchase(row.getLong("user_id"), line.productId(), line.quantity());
                }
            }
            long discount = row.getLong("discount_amount");
            right &= total == row.getLong("total_amount") && total - discount == paid;
            return right && discount >= 0 && paid >= 0 ? null : "orders whose lines and amounts do not add up";
        } catch (JsonProcessingException e) {
            return "orders whose lines cannot be read";
        }
    }
}
