package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.ORDERS_COMPLETE;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Compares the payments, refunds and events that the orders require with those that exist. The first pass compares
 * digests in constant memory. Only if they differ, a second pass names the orders.
 */
final class OrderSettlementCheck {

    private static final int ROWS_PER_QUERY = 10_000;

    /** Bounds the memory of the second pass, even when the whole ledger is broken. */
    private static final int BUCKETS_EXPLAINED_MAX = 5;

    private final JdbcTemplate jdbc;
    private final ReconciliationFindings findings;

    OrderSettlementCheck(JdbcTemplate jdbc, ReconciliationFindings findings) {
        this.jdbc = jdbc;
        this.findings = findings;
    }

    void run() {
        SetDigest digest = new SetDigest();
        readClaims(digest::add);
        BitSet buckets = digest.unbalanced();
        if (!buckets.isEmpty()) {
            explain(digest, first(buckets));
        }
    }

    private void explain(SetDigest digest, BitSet buckets) {
        Map<LedgerClaim, Integer> unmatched = new HashMap<>();
        readClaims((claim, sign) -> {
            if (buckets.get(digest.bucket(claim))) {
                unmatched.merge(claim, sign, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
            }
        });
        unmatched.forEach((claim, count) -> findings.addViolation(
                ORDERS_COMPLETE,
                "orders " + (count > 0 ? "that lack a " : "with one too many ") + claim.kind(),
                IdText.of(claim.orderId())));
    }

    private static BitSet first(BitSet buckets) {
        BitSet first = new BitSet();
        buckets.stream().limit(BUCKETS_EXPLAINED_MAX).forEach(first::set);
        return first;
    }

    /** Required claims count +1, existing ones −1. */
    private void readClaims(ObjIntConsumer<LedgerClaim> sink) {
        readRequired(sink);
        readRefunds(sink);
        readLedger(sink);
        readEvents(sink);
    }

    private void readRequired(ObjIntConsumer<LedgerClaim> sink) {
        String sql = "SELECT id, user_id, status, paid_amount, fulfilled_at FROM orders WHERE id > ? ORDER BY id";
        KeysetScan.scan(jdbc, sql, ROWS_PER_QUERY, new Object[] {Long.MIN_VALUE}, row -> {
            long id = row.getLong("id");
            long user = row.getLong("user_id");
            long paid = row.getLong("paid_amount");
            sink.accept(new LedgerClaim("PAYMENT", id, user, -paid), 1);
            sink.accept(new LedgerClaim("OrderPaid", id, user, 0), 1);
            if (row.getString("status").equals("CANCELLED")) {
                sink.accept(new LedgerClaim("REFUND", id, user, paid), 1);
                sink.accept(new LedgerClaim("OrderCancelled", id, user, 0), 1);
            }
            if (row.getString("fulfilled_at") != null) {
                sink.accept(new LedgerClaim("OrderFulfilled", id, user, 0), 1);
            }
            return new Object[] {id};
        });
    }

    private void readRefunds(ObjIntConsumer<LedgerClaim> sink) {
        String sql = "SELECT id, order_id, user_id, amount FROM order_refund WHERE id > ? ORDER BY id";
        KeysetScan.scan(jdbc, sql, ROWS_PER_QUERY, new Object[] {Long.MIN_VALUE}, row -> {
            long order = row.getLong("order_id");
            long user = row.getLong("user_id");
            sink.accept(new LedgerClaim("REFUND", order, user, row.getLong("amount")), 1);
            sink.accept(new LedgerClaim("OrderRefunded", order, user, 0), 1);
            return new Object[] {row.getLong("id")};
        });
    }

    private void readLedger(ObjIntConsumer<LedgerClaim> sink) {
        String ledger = "SELECT user_id, entry_no, type, amount, order_id FROM ledger_entry WHERE user_id ";
        KeysetScan.scanGroups(
                jdbc,
                ledger + "> ? ORDER BY user_id, entry_no",
                ledger + "= ? AND entry_no > ? ORDER BY entry_no",
                ROWS_PER_QUERY,
                row -> {
                    long user = row.getLong("user_id");
                    long order = row.getLong("order_id");
                    String type = row.getString("type");
                    if (order != 0 || type.equals("PAYMENT") || type.equals("REFUND")) {
                        sink.accept(new LedgerClaim(type, order, user, row.getLong("amount")), -1);
                    }
                    return new Object[] {user, row.getLong("entry_no")};
                });
    }

    private void readEvents(ObjIntConsumer<LedgerClaim> sink) {
        String sql = "SELECT position, type, user_id, order_id FROM order_event WHERE position > ? ORDER BY position";
        KeysetScan.scan(jdbc, sql, ROWS_PER_QUERY, new Object[] {Long.MIN_VALUE}, row -> {
            sink.accept(new LedgerClaim(row.getString("type"), row.getLong("order_id"), row.getLong("user_id"), 0), -1);
            return new Object[] {row.getLong("position")};
        });
    }
}
