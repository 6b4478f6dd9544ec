package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.ORDERS_COMPLETE;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sets the payments, refunds and events that orders ask for against those that exist. One pass in constant memory shows
 * whether they are the same; only where not, a second one names the orders.
 */
final class OrderSettlementCheck {

    private static final int ROWS_AT_ONCE = 10_000;

    /** Of thousands; so that even a wholly broken ledger is explained in little memory. */
    private static final int BUCKETS_EXPLAINED_MAX = 5;

    private final JdbcTemplate jdbc;
    private final ReconciliationFindings findings;

    OrderSettlementCheck(JdbcTemplate jdbc, ReconciliationFindings findings) {
        this.jdbc = jdbc;
        this.findings = findings;
    }

    void run() {
        SetDigest tally = new SetDigest();
        claims(tally::add);
        BitSet buckets = tally.unbalanced();
        if (!buckets.isEmpty()) {
            explain(tally, first(buckets));
        }
    }

    private void explain(SetDigest tally, BitSet buckets) {
        Map<LedgerClaim, Integer> open = new HashMap<>();
        claims((claim, sign) -> {
            if (buckets.get(tally.bucket(claim))) {
                open.merge(claim, sign, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
            }
        });
        open.forEach((claim, times) -> findings.fault(
                ORDERS_COMPLETE,
                "orders " + (times > 0 ? "that lack a " : "with one too many ") + claim.kind(),
                IdText.of(claim.order())));
    }

    private static BitSet first(BitSet buckets) {
        BitSet first = new BitSet();
        buckets.stream().limit(BUCKETS_EXPLAINED_MAX).forEach(first::set);
        return first;
    }

    private void claims(ObjIntConsumer<LedgerClaim> sink) {
        asked(sink);
        booked(sink);
        told(sink);
    }

    private void asked(ObjIntConsumer<LedgerClaim> sink) {
        String sql = "SELECT id, user_id, status, paid_amount FROM orders WHERE id > ? ORDER BY id";
        KeysetScan.through(jdbc, sql, ROWS_AT_ONCE, new Object[] {Long.MIN_VALUE}, row -> {
            long id = row.getLong("id");
            long user = row.getLong("user_id");
            long paid = row.getLong("paid_amount");
            sink.accept(new LedgerClaim("PAYMENT", id, user, -paid), 1);
            sink.accept(new LedgerClaim("OrderPaid", id, user, 0), 1);
            if (!row.getString("status").equals("PAID")) {
                sink.accept(new LedgerClaim("REFUND", id, user, paid), 1);
                sink.accept(new LedgerClaim("OrderCancelled", id, user, 0), 1);
            }
            return new Object[] {id};
        });
    }

    private void booked(ObjIntConsumer<LedgerClaim> sink) {
        String ledger = "SELECT user_id, entry_no, type, amount, order_id FROM ledger_entry WHERE user_id ";
        KeysetScan.throughGroups(
                jdbc,
                ledger + "> ? ORDER BY user_id, entry_no",
                ledger + "= ? AND entry_no > ? ORDER BY entry_no",
                ROWS_AT_ONCE,
                row -> {
                    long user = row.getLong("user_id");
                    long order = row.getLong("order_id");
                    String type = row.getString("type");
                    if (order != 0 || !type.equals("CHARGE")) {
                        sink.accept(new LedgerClaim(type, order, user, row.getLong("amount")), -1);
                    }
                    return new Object[] {user, row.getLong("entry_no")};
                });
    }

    private void told(ObjIntConsumer<LedgerClaim> sink) {
        String sql = "SELECT position, type, user_id, order_id FROM order_event WHERE position > ? ORDER BY position";
        KeysetScan.through(jdbc, sql, ROWS_AT_ONCE, new Object[] {Long.MIN_VALUE}, row -> {
            sink.accept(new LedgerClaim(row.getString("type"), row.getLong("order_id"), row.getLong("user_id"), 0), -1);
            return new Object[] {row.getLong("position")};
        });
    }
}
