package kr.hhplus.commerce.reconciliation;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A shop's tables, written by plain SQL: one user with two orders, one of them cancelled, and coupons. */
final class ShopTables implements AutoCloseable {

    static final String LINES =
            "[{\"productId\":%d,\"name\":\"감귤\",\"unitPrice\":1000,\"quantity\":%d,\"lineAmount\":%d}]";
    private static final String NOW = "TIMESTAMP '2026-01-01 00:00:00.000'";

    private static final String LATER = "TIMESTAMP '2026-01-01 00:05:00.000'";

    static final JdbcSnapshots.Settings SNAPSHOTS = new JdbcSnapshots.Settings(Duration.ofHours(1));

    final HikariDataSource database;
    final JdbcTemplate jdbc;
    final TransactionTemplate transaction;
    final MeterRegistry metrics = new SimpleMeterRegistry();
    final Reconciliation audit;

    private ShopTables() {
        database = TestDatabase.migrated();
        jdbc = new JdbcTemplate(database);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(database));
        audit = new Reconciliation(new JdbcSnapshots(database, SNAPSHOTS), Clock.systemUTC(), metrics);
    }

    static ShopTables empty() {
        return new ShopTables();
    }

    /**
     * 100,000 charged; order 100 (3 pieces, 500 off by coupon 10) paid, order 101 (2 pieces) paid and cancelled.
     * Product 1 has a purchase limit.
     * Of product 2, reservation 400 holds 2 pieces; 401 is paid by order 100, 402 has expired, 403 was released.
     * Top-up 200 of 400 is paid and refunded by 100; a refund of 50 was refused and returned; top-up 201 is open.
     */
    static ShopTables inOrder() {
        ShopTables tables = new ShopTables();
        tables.product(1, 50, 47);
        tables.product(2, 10, 8);
        tables.write("""
            INSERT INTO campaign (id, name, discount_type, discount_value, min_order_amount, total_quantity, issued,
                                  starts_at, ends_at, coupon_valid_days, paused, created_at)
            VALUES (1, 'c', 'FIXED', 500, 0, 5, 3, %1$s, %1$s, 30, FALSE, %1$s)\
            """);
        tables.write("""
            INSERT INTO coupon (id, campaign_id, user_id, sequence, used_order_id, issued_at, expires_at)
            VALUES (10, 1, 7, 1, 100, %1$s, %1$s), (11, 1, 8, 2, NULL, %1$s, %1$s),
                   (12, 1, 9, 3, NULL, %1$s, %1$s)\
            """);
        tables.write("INSERT INTO wallet (user_id, balance, entries) VALUES (7, 97800, 8), (8, 0, 0)");
        tables.ledger(1, "CHARGE", 100000, 100000, "NULL");
        tables.ledger(2, "PAYMENT", -2500, 97500, "100");
        tables.ledger(3, "PAYMENT", -2000, 95500, "101");
        tables.ledger(4, "REFUND", 2000, 97500, "101");
        tables.payment(5, "TOP_UP", 400, 97900, 200);
        tables.payment(6, "TOP_UP_REFUND", -100, 97800, 300);
        tables.payment(7, "TOP_UP_REFUND", -50, 97750, 301);
        tables.payment(8, "TOP_UP_REFUND", 50, 97800, 301);
        tables.topUp(200, 400, 100, "PARTIALLY_REFUNDED", "5", NOW);
        tables.topUp(201, 10, 0, "CONFIRMING", "NULL", "NULL");
        tables.refund(300, 100, "DONE", 6, "NULL", NOW);
        tables.refund(301, 50, "FAILED", 7, "8", "NULL");
        tables.order(100, "PAID", 1, 3, 500, "10", "NULL");
        tables.order(101, "CANCELLED", 2, 2, 0, "NULL", NOW);
        tables.event(1, "OrderPaid", 100);
        tables.event(2, "OrderPaid", 101);
        tables.event(3, "OrderCancelled", 101);
        tables.write("UPDATE feed_head SET position = 3");
        tables.write("UPDATE product SET purchase_limit = 5, purchase_counting = 'COUNTED' WHERE id = 1");
        tables.write("INSERT INTO purchase_count VALUES (7, 1, 3)");
        tables.reservation(400, 8, "OPEN", "NULL", "NULL", 2, 2);
        tables.reservation(401, 7, "PAID", NOW, "100", 1, 3);
        tables.reservation(402, 8, "EXPIRED", LATER, "NULL", 2, 1);
        tables.reservation(403, 8, "RELEASED", NOW, "NULL", 2, 1);
        tables.write("UPDATE product SET held = 2 WHERE id = 2");
        return tables;
    }

    /**
     * Beside {@link #inOrder}: of order 102 (3 pieces, paid 2,900 with coupon 12) one piece is refunded and written
     * off, of order 103 (2 pieces) both are refunded.
     */
    static ShopTables withRefunds() {
        ShopTables tables = inOrder();
        tables.order(102, "PARTIALLY_REFUNDED", 2, 3, 100, "12", "NULL");
        tables.order(103, "REFUNDED", 1, 2, 0, "NULL", "NULL");
        tables.write("UPDATE orders SET refunded = '[1]' WHERE id = 102");
        tables.write("UPDATE orders SET refunded = '[2]' WHERE id = 103");
        tables.write("UPDATE coupon SET user_id = 7, campaign_id = 2, sequence = 1, used_order_id = 102 WHERE id = 12");
        tables.write("UPDATE campaign SET issued = 2");
        tables.write("""
            INSERT INTO campaign SELECT 2, name, discount_type, discount_value, discount_max, min_order_amount,
                total_quantity, 1, starts_at, ends_at, coupon_valid_days, paused, created_at,
                min_account_age_days, required_claim FROM campaign\
            """);
        tables.ledger(9, "PAYMENT", -2900, 94900, "102");
        tables.ledger(10, "REFUND", 966, 95866, "102");
        tables.ledger(11, "PAYMENT", -2000, 93866, "103");
        tables.ledger(12, "REFUND", 1000, 94866, "103");
        tables.ledger(13, "REFUND", 1000, 95866, "103");
        tables.write("UPDATE wallet SET balance = 95866, entries = 13 WHERE user_id = 7");
        tables.orderRefund(400, 102, 2, 966, false);
        tables.orderRefund(401, 103, 1, 1000, true);
        tables.orderRefund(402, 103, 1, 1000, true);
        tables.write("INSERT INTO stock_movement VALUES (400, 2, -1, 'refund', %1$s, 'WRITE_OFF')");
        tables.write("UPDATE product SET stock = stock - 3 WHERE id = 2");
        List<String> events = List.of("OrderPaid 102", "OrderRefunded 102", "OrderPaid 103", "OrderRefunded 103");
        for (int i = 0; i < events.size(); i++) {
            String[] event = events.get(i).split(" ");
            tables.event(4 + i, event[0], Long.parseLong(event[1]));
        }
        tables.event(8, "OrderRefunded", 103);
        tables.write("UPDATE feed_head SET position = 8");
        return tables;
    }

    void orderRefund(long id, long order, long product, long amount, boolean restocked) {
        write("INSERT INTO order_refund VALUES (" + id + ", " + order + ", 7, '[{\"productId\":" + product
                + ",\"quantity\":1,\"amount\":" + amount + "}]', " + amount + ", FALSE, " + restocked
                + ", NULL, %1$s)");
    }

    void product(long id, long putIn, long stock) {
        write("INSERT INTO product (id, name, price, stock, created_at) VALUES (" + id + ", 'p', 1000, " + stock
                + ", %1$s)");
        write("INSERT INTO stock_movement (id, product_id, delta, reason, created_at) VALUES (" + id + ", " + id + ", "
                + putIn + ", 'opening stock', %1$s)");
    }

    void ledger(long no, String type, long amount, long after, String order) {
        write("INSERT INTO ledger_entry (user_id, entry_no, id, type, amount, balance_after, order_id, created_at)"
                + " VALUES (7, "
                + no + ", " + no + ", '" + type + "', " + amount + ", " + after + ", " + order + ", %1$s)");
    }

    void payment(long no, String type, long amount, long after, long payment) {
        ledger(no, type, amount, after, "NULL");
        write("UPDATE ledger_entry SET payment_id = " + payment + " WHERE entry_no = " + no);
        write("INSERT INTO ledger_payment VALUES (" + payment + ", " + (amount < 0 ? 0 : 1) + ", 7, " + no + ")");
    }

    void topUp(long id, long amount, long refunded, String status, String entry, String approvedAt) {
        write("INSERT INTO top_up (id, user_id, amount, refunded_amount, status, provider, entry_no, created_at,"
                + " expires_at, approved_at, attempts) VALUES (" + id + ", 7, " + amount + ", " + refunded + ", '"
                + status + "', 'sandbox', " + entry + ", %1$s, %1$s, " + approvedAt + ", 0)");
    }

    void refund(long id, long amount, String status, long entry, String returned, String completedAt) {
        write("INSERT INTO top_up_refund (id, top_up_id, user_id, amount, reason, status, entry_no, return_entry_no,"
                + " created_at, completed_at, attempts) VALUES (" + id + ", 200, 7, " + amount + ", 'r', '" + status
                + "', " + entry + ", " + returned + ", %1$s, " + completedAt + ", 0)");
    }

    void order(long id, String status, long product, long quantity, long discount, String coupon, String cancelledAt) {
        long total = quantity * 1000;
        jdbc.update(
                "INSERT INTO orders (id, user_id, status, items, total_amount, discount_amount, paid_amount,"
                        + " coupon_id, ordered_at, cancelled_at) VALUES (?, 7, ?, ?, ?, ?, ?, "
                        + coupon + ", " + NOW + ", " + cancelledAt + ")",
                id,
                status,
                LINES.formatted(product, quantity, total),
                total,
                discount,
                total - discount);
    }

    void reservation(long id, long user, String status, String endedAt, String order, long product, long quantity) {
        write("INSERT INTO reservation (id, user_id, status, created_at, expires_at, ended_at, order_id) VALUES (" + id
                + ", " + user + ", '" + status + "', %1$s, " + LATER + ", " + endedAt + ", " + order + ")");
        write("INSERT INTO reservation_item VALUES (" + id + ", " + product + ", " + quantity + ", FALSE)");
    }

    void event(long position, String type, long order) {
        write("INSERT INTO order_event (position, type, user_id, order_id, occurred_at, body) VALUES (" + position
                + ", '" + type + "', 7, " + order + ", %1$s, '{}')");
    }

    void write(String sql) {
        jdbc.execute(sql.formatted(NOW));
    }

    @Override
    public void close() {
        database.close();
    }
}
