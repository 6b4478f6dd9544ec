package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.ORDERS_COMPLETE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the lines inside every order: they must add up to its amounts, and say what each product's stock has sold. */
final class OrderLineCheck {

    /** An order may be 40 KB of lines; the ledger's rows are small. */
    private static final int ORDERS_AT_ONCE = 500;

    private static final int LINES_MAX = 100;

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

    /** The items as the order's own JSON has them. */
    private record Line(long productId, String name, long unitPrice, long quantity, long lineAmount) {}

    OrderLineCheck(JdbcTemplate jdbc, ReconciliationFindings findings, StockCheck stock, PurchaseCountCheck purchases) {
        this.jdbc = jdbc;
        this.findings = findings;
        this.stock = stock;
        this.purchases = purchases;
    }

    interface Sink {
        void accept(long user, long product, long quantity);
    }

    /** The lines of every paid order that can be read. */
    static void readPaid(JdbcTemplate jdbc, Sink sink) {
        String sql = "SELECT id, user_id, status, items FROM orders WHERE id > ? ORDER BY id";
        KeysetScan.through(jdbc, sql, ORDERS_AT_ONCE, new Object[] {Long.MIN_VALUE}, row -> {
            if (row.getString("status").equals("PAID")) {
                try {
                    for (Line line : read(row)) {
                        sink.accept(row.getLong("user_id"), line.productId(), line.quantity());
                    }
                } catch (JsonProcessingException e) {
                    // Has been reported when the order itself was looked at.
                }
            }
            return new Object[] {row.getLong("id")};
        });
    }

    private static Line[] read(ResultSet row) throws SQLException, JsonProcessingException {
        return LINES.readValue(row.getString("items"));
    }

    void run() {
        KeysetScan.through(jdbc, """
                SELECT id, user_id, status, items, total_amount, discount_amount, paid_amount, cancelled_at
                FROM orders WHERE id > ? ORDER BY id
                """, ORDERS_AT_ONCE, new Object[] {Long.MIN_VALUE}, this::order);
        findings.fact(ORDERS_COMPLETE, orders + " orders, " + cancelled + " of them cancelled");
    }

    private Object[] order(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        long paid = row.getLong("paid_amount");
        String status = row.getString("status");
        boolean live = status.equals("PAID");
        orders++;
        cancelled += live ? 0 : 1;
        String timely = row.getString("cancelled_at") == null ? "PAID" : "CANCELLED";
        if (!status.equals(timely)) {
            findings.fault(ORDERS_COMPLETE, "orders whose status and cancellation disagree", IdText.of(id));
        }
        String wrong = wrongWith(row, paid, live);
        if (wrong != null) {
            findings.fault(ORDERS_COMPLETE, wrong, IdText.of(id));
        }
        return new Object[] {id};
    }

    private String wrongWith(ResultSet row, long paid, boolean live) throws SQLException {
        try {
            Line[] lines = read(row);
            long total = 0;
            boolean right = lines.length >= 1 && lines.length <= LINES_MAX;
            for (Line line : lines) {
                right &= line.quantity() > 0 && line.lineAmount() == line.unitPrice() * line.quantity();
                total += line.lineAmount();
                if (live) {
                    stock.sold(line.productId(), line.quantity());
                    purchases.bought(row.getLong("user_id"), line.productId(), line.quantity());
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
