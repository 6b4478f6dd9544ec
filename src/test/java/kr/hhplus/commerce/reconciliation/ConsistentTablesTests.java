package kr.hhplus.commerce.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.reconciliation.ReconciliationReport.Check;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnDatabase
class ConsistentTablesTests {

    @Test
    void areProvedToBe() {
        try (ShopTables tables = ShopTables.inOrder()) {
            ReconciliationReport report = tables.audit.prove();

            assertThat(report.checks())
                    .allSatisfy(
                            check -> assertThat(check.ok()).as(check.toString()).isTrue());
            assertThat(report.ok()).isTrue();
            assertThat(report.checks())
                    .extracting(Check::detail)
                    .contains(
                            "2 products",
                            "2 wallets; 8 ledger entries",
                            "100000 charged + 400 topped up - 100 of that refunded - 4500 paid + 2000 refunded,"
                                    + " 97800 left",
                            "2 orders, 1 of them cancelled",
                            "3 events, head 3",
                            "1 counts of 1 products");
            assertThat(tables.metrics.get("commerce.reconciliation.ok").gauge().value())
                    .isOne();
        }
    }

    @Test
    void areProvedWithRefundsOfPieces() {
        try (ShopTables tables = ShopTables.withRefunds()) {
            ReconciliationReport report = tables.audit.prove();

            assertThat(report.ok()).as(report.toString()).isTrue();
            assertThat(report.checks())
                    .extracting(Check::detail)
                    .contains("3 refunds", "4 orders, 1 of them cancelled");
        }
    }

    @Test
    void areProvedForAShopThatHasJustOpened() {
        try (ShopTables tables = ShopTables.empty()) {
            assertThat(tables.metrics.get("commerce.reconciliation.ok").gauge().value())
                    .isNaN();
            assertThat(tables.audit.prove().ok()).isTrue();
        }
    }

    @Test
    void areInOrderWhileEarlierPurchasesAreBeingCounted() {
        try (ShopTables tables = ShopTables.inOrder()) {
            tables.write("UPDATE product SET purchase_counting = 'COUNTING' WHERE id = 1");
            tables.write("INSERT INTO purchase_scan VALUES (1, 1, 3)");
            tables.write("UPDATE purchase_count SET quantity = -1");

            ReconciliationReport report = tables.audit.prove();

            assertThat(report.ok()).as(report.toString()).isTrue();
            assertThat(report.checks())
                    .extracting(Check::detail)
                    .contains("0 counts of 0 products; 1 products whose earlier orders are being counted");
        }
    }

    /** Chunks end inside one user's ledger and exactly at the end of the orders. */
    @ParameterizedTest
    @ValueSource(ints = {500, 10_001})
    void areProvedBeyondTheRowsReadAtOnce(int orders) {
        try (ShopTables tables = ShopTables.empty()) {
            manyOrders(tables, orders);

            assertThat(tables.audit.prove().ok()).isTrue();

            tables.jdbc.update("UPDATE ledger_entry SET order_id = 1 WHERE order_id = ?", orders - 1);
            assertThat(tables.audit.prove().ok()).isFalse();
        }
    }

    @Test
    void staySoWhileOthersWrite() {
        try (ShopTables tables = ShopTables.inOrder()) {
            CompletableFuture<Void> selling = CompletableFuture.runAsync(() -> sell(tables, 2_000));
            do {
                ReconciliationReport report = tables.audit.prove();
                assertThat(report.ok()).as(report.toString()).isTrue();
            } while (!selling.isDone());
            selling.join();
            assertThat(tables.audit.prove().checks())
                    .extracting(Check::detail)
                    .contains("2002 orders, 1 of them cancelled");
        }
    }

    private static void sell(ShopTables tables, int orders) {
        for (int sold = 0; sold < orders; sold++) {
            int order = 200 + sold;
            int entry = 9 + 2 * sold;
            int position = 4 + sold;
            tables.transaction.executeWithoutResult(status -> sell(tables, order, entry, position));
        }
    }

    // The order of the statements is the writers' own, the audit's another: only one snapshot of all tables fits both.
    private static void sell(ShopTables tables, int order, int entry, int position) {
        tables.write("UPDATE product SET stock = stock - 1 WHERE id = 1");
        tables.write("INSERT INTO stock_movement VALUES (" + order + ", 1, 1, 'restock', %1$s, 'ADJUSTMENT')");
        tables.write("UPDATE product SET stock = stock + 1 WHERE id = 1");
        tables.write("UPDATE wallet SET balance = balance + 1000, entries = entries + 1 WHERE user_id = 7");
        tables.ledger(entry, "CHARGE", 1000, 98800, "NULL");
        tables.write("UPDATE wallet SET balance = balance - 1000, entries = entries + 1 WHERE user_id = 7");
        tables.ledger(entry + 1, "PAYMENT", -1000, 97800, Integer.toString(order));
        tables.order(order, "PAID", 1, 1, 0, "NULL", "NULL");
        tables.event(position, "OrderPaid", order);
        tables.write("UPDATE purchase_count SET quantity = quantity + 1");
        tables.write("UPDATE feed_head SET position = position + 1");
    }

    private static void manyOrders(ShopTables tables, int orders) {
        tables.product(1, orders, 0);
        tables.write("INSERT INTO wallet VALUES (7, 0, " + 2 * orders + ")");
        tables.write("INSERT INTO ledger_entry VALUES (7, 1, 1, 'CHARGE', 1000, 1000, NULL, %1$s, NULL)");
        tables.write("INSERT INTO ledger_entry VALUES (7, 2, 2, 'PAYMENT', -1000, 0, 1, %1$s, NULL)");
        tables.order(1, "PAID", 1, 1, 0, "NULL", "NULL");
        tables.event(1, "OrderPaid", 1);
        for (int have = 1; have < orders; have *= 2) {
            tables.write("INSERT INTO ledger_entry SELECT user_id, entry_no + 2 * " + have + ", id + 2 * " + have
                    + ", type, amount, balance_after, order_id + " + have + ", created_at, payment_id FROM ledger_entry"
                    + " WHERE entry_no <= 2 * " + (orders - have));
            tables.write("INSERT INTO orders SELECT id + " + have + ", user_id, status, items, total_amount,"
                    + " discount_amount, paid_amount, coupon_id, ordered_at, cancelled_at, fulfilled_at, refunded,"
                    + " attributes FROM orders"
                    + " WHERE id <= " + (orders - have));
            tables.write("INSERT INTO order_event SELECT position + " + have + ", type, user_id, order_id + " + have
                    + ", occurred_at, body FROM order_event WHERE position <= " + (orders - have));
        }
        tables.write("UPDATE feed_head SET position = " + orders);
    }
}
