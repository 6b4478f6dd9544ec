package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.REFUNDS_WITHIN_ORDERS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks that the refunds of every order add up to what the order says: never more than was paid or ordered, and the
 * last one leaves nothing. Feeds the refunded pieces to the other checks.
 */
final class OrderRefundCheck {

    /** As few as in {@link OrderLineCheck}, because each row has the lines of its order. */
    private static final int ROWS_PER_QUERY = 500;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectReader ITEMS = JSON.readerFor(Item[].class);
    private static final ObjectReader PIECES = JSON.readerFor(long[].class);

    private static final String REFUNDS = """
        SELECT r.order_id, r.id, r.user_id, r.items, r.amount, r.coupon_returned, r.restocked,
               o.user_id AS owner_id, o.status, o.items AS order_lines, o.refunded, o.paid_amount, o.coupon_id
        FROM order_refund r LEFT JOIN orders o ON o.id = r.order_id
        """;

    private final JdbcTemplate jdbc;
    private final ReconciliationFindings findings;
    private final StockCheck stock;
    private final PurchaseCountCheck purchases;
    private @Nullable Account account;
    private long refunds;

    /** An item as the column {@code order_refund.items} stores it. */
    private record Item(long productId, long quantity, long amount) {}

    /** An order and the sums of its refunds so far. */
    private static final class Account {
        private final long orderId;
        private final String status;
        private final Map<Long, Long> left = new HashMap<>();
        private final Map<Long, Long> leftByOrder = new HashMap<>();
        private final boolean hasCoupon;
        private long unpaid;
        private long couponsReturned;
        private boolean lastReturnedCoupon;

        Account(ResultSet row) throws SQLException, JsonProcessingException {
            orderId = row.getLong("order_id");
            status = row.getString("status");
            unpaid = row.getLong("paid_amount");
            hasCoupon = row.getString("coupon_id") != null;
            OrderLineCheck.Line[] lines = OrderLineCheck.read(row.getString("order_lines"));
            String refunded = row.getString("refunded");
            long[] pieces = refunded == null ? new long[lines.length] : PIECES.readValue(refunded);
            for (int i = 0; i < lines.length; i++) {
                left.put(lines[i].productId(), lines[i].quantity());
                leftByOrder.put(lines[i].productId(), lines[i].quantity() - (i < pieces.length ? pieces[i] : 0));
            }
        }

        void add(Item[] items, long amount, boolean couponReturned) {
            for (Item item : items) {
                left.merge(item.productId(), -item.quantity(), Long::sum);
            }
            unpaid -= amount;
            couponsReturned += couponReturned ? 1 : 0;
            lastReturnedCoupon = couponReturned;
        }

        /** @return null if the refunds are right */
        @Nullable
        String violation() {
            boolean nothingLeft = left.values().stream().allMatch(pieces -> pieces == 0);
            if (unpaid < 0 || left.values().stream().anyMatch(pieces -> pieces < 0)) {
                return "orders whose refunds exceed what was paid";
            }
            if (nothingLeft && unpaid != 0) {
                return "orders whose last refund leaves won";
            }
            if (!left.equals(leftByOrder) || !status.equals(nothingLeft ? "REFUNDED" : "PARTIALLY_REFUNDED")) {
                return "orders that differ from their refunds";
            }
            boolean returned = hasCoupon && nothingLeft;
            return couponsReturned == (returned ? 1 : 0) && lastReturnedCoupon == returned
                    ? null
                    : "orders whose coupon did not come back with the last piece alone";
        }
    }

    OrderRefundCheck(
            JdbcTemplate jdbc, ReconciliationFindings findings, StockCheck stock, PurchaseCountCheck purchases) {
        this.jdbc = jdbc;
        this.findings = findings;
        this.stock = stock;
        this.purchases = purchases;
    }

    /** Passes on the items of every refund; skips refunds whose items are unreadable. */
    static void readItems(JdbcTemplate jdbc, OrderLineCheck.Sink sink) {
        String sql = "SELECT id, user_id, items FROM order_refund WHERE id > ? ORDER BY id";
        KeysetScan.scan(jdbc, sql, ROWS_PER_QUERY, new Object[] {Long.MIN_VALUE}, row -> {
            try {
                for (Item item : read(row)) {
                    sink.accept(row.getLong("user_id"), item.productId(), item.quantity());
                }
            } catch (JsonProcessingException e) {
                // The first pass over the refunds has already reported it.
            }
            return new Object[] {row.getLong("id")};
        });
    }

    private static Item[] read(ResultSet row) throws SQLException, JsonProcessingException {
        return ITEMS.readValue(row.getString("items"));
    }

    void run() {
        KeysetScan.scanGroups(
                jdbc,
                REFUNDS + "WHERE r.order_id > ? ORDER BY r.order_id, r.id",
                REFUNDS + "WHERE r.order_id = ? AND r.id > ? ORDER BY r.id",
                ROWS_PER_QUERY,
                this::check);
        finish();
        findings.addNote(REFUNDS_WITHIN_ORDERS, refunds + " refunds");
    }

    private Object[] check(ResultSet row) throws SQLException {
        refunds++;
        long orderId = row.getLong("order_id");
        long id = row.getLong("id");
        try {
            if (account == null || account.orderId != orderId) {
                finish();
                account = null;
                if (row.getString("status") != null && row.getLong("owner_id") == row.getLong("user_id")) {
                    account = new Account(row);
                } else {
                    findings.addViolation(
                            REFUNDS_WITHIN_ORDERS, "refunds without an order of their user", IdText.of(id));
                }
            }
            add(row, id);
        } catch (JsonProcessingException e) {
            findings.addViolation(REFUNDS_WITHIN_ORDERS, "refunds that cannot be read", IdText.of(id));
        }
        return new Object[] {orderId, id};
    }

    private void add(ResultSet row, long id) throws SQLException, JsonProcessingException {
        Item[] items = read(row);
        long amount = row.getLong("amount");
        long sum = 0;
        boolean right = items.length > 0;
        for (Item item : items) {
            right &= item.quantity() > 0 && item.amount() >= 0;
            sum += item.amount();
            stock.addSold(item.productId(), -item.quantity());
            if (!row.getBoolean("restocked")) {
                stock.addWrittenOff(item.productId(), item.quantity());
            }
            purchases.addPurchase(row.getLong("user_id"), item.productId(), -item.quantity());
        }
        if (!right || sum != amount) {
            findings.addViolation(REFUNDS_WITHIN_ORDERS, "refunds whose items do not add up", IdText.of(id));
        }
        if (account != null) {
            account.add(items, amount, row.getBoolean("coupon_returned"));
        }
    }

    private void finish() {
        String violation = account == null ? null : account.violation();
        if (violation != null) {
            findings.addViolation(REFUNDS_WITHIN_ORDERS, violation, IdText.of(account.orderId));
        }
    }
}
