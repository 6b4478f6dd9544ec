package kr.hhplus.commerce.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.reconciliation.ReconciliationReport.Check;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@OnDatabase
class InconsistentTablesTests {

    private static final String I1 = "I1-stock-not-negative";
    private static final String I2 = "I2-stock-conserved";
    private static final String I3 = "I3-coupons-within-limit";
    private static final String I4 = "I4-coupons-used-once";
    private static final String I5 = "I5-balances-match-ledger";
    private static final String I6 = "I6-money-conserved";
    private static final String I7 = "I7-orders-complete";
    private static final String I15 = "I15-top-ups-match-payments";
    private static final String I17 = "I17-refunds-within-orders";
    private static final String I16 = "I16-reservations-end-once";
    private static final String FEED = "feed-without-gaps";
    private static final String PURCHASES = "purchase-counts-match-orders";

    static Stream<Arguments> goodsAndCoupons() {
        return Stream.of(
                broken(
                        I1,
                        "1 (1)",
                        "ALTER TABLE product DROP CONSTRAINT product_stock_not_negative",
                        "UPDATE product SET stock = -1 WHERE id = 1",
                        "UPDATE stock_movement SET delta = 2 WHERE id = 1"),
                broken(I2, "1 by +1", "UPDATE product SET stock = stock + 1 WHERE id = 1"),
                broken(I2, "2 by -4", "UPDATE stock_movement SET delta = 14 WHERE product_id = 2"),
                broken(I2, "do not exist: 1 (2)", "DELETE FROM product WHERE id = 2"),
                broken(I2, "1 by -3", "UPDATE orders SET items = REPLACE(items, '\"productId\":1', '\"productId\":2')"),
                broken(I3, "1 (1)", "UPDATE campaign SET issued = 4"),
                broken(I3, text(12), "DELETE FROM coupon WHERE id = 11", "UPDATE campaign SET issued = 2"),
                broken(I3, text(12), "UPDATE coupon SET sequence = 4 WHERE id = 12"),
                broken(
                        I3,
                        "1 (1)",
                        "ALTER TABLE campaign DROP CONSTRAINT campaign_not_over_issued",
                        "UPDATE campaign SET total_quantity = 2"),
                broken(I3, text(11), "UPDATE coupon SET campaign_id = 2, sequence = 1 WHERE id = 11"),
                broken(
                        I4,
                        "1 (9)",
                        "ALTER TABLE coupon DROP CONSTRAINT coupon_once_per_user",
                        "UPDATE coupon SET user_id = 9 WHERE id = 11"),
                broken(I4, text(100), "UPDATE coupon SET used_order_id = NULL WHERE id = 10"),
                broken(I4, text(11), "UPDATE coupon SET used_order_id = 101 WHERE id = 11"),
                broken(I4, text(10), "UPDATE orders SET coupon_id = NULL WHERE id = 100"),
                broken(I4, text(100), "UPDATE coupon SET user_id = 70 WHERE id = 10"),
                broken(
                        I4,
                        text(101),
                        "UPDATE orders SET coupon_id = 10, status = 'PAID', cancelled_at = NULL WHERE id = 101"));
    }

    static Stream<Arguments> money() {
        return Stream.of(
                broken(I5, "1 (7)", "UPDATE wallet SET balance = balance + 1 WHERE user_id = 7"),
                broken(I5, "1 (8)", "UPDATE wallet SET entries = 1 WHERE user_id = 8"),
                broken(I5, "1 (7)", "UPDATE wallet SET entries = 7, balance = 97750 WHERE user_id = 7"),
                broken(I5, "2 (7, 7)", "UPDATE ledger_entry SET balance_after = 97499 WHERE entry_no = 2"),
                broken(I5, "1 (7)", "UPDATE ledger_entry SET amount = 100001 WHERE entry_no = 1"),
                broken(I5, "7", "UPDATE ledger_entry SET entry_no = entry_no + 10"),
                broken(I5, "7", "DELETE FROM wallet WHERE user_id = 7"),
                broken(I6, "1 (5)", "UPDATE wallet SET balance = balance + 5 WHERE user_id = 7"),
                broken(I6, "(100000)", "DELETE FROM ledger_entry WHERE entry_no = 1"),
                broken(I6, "1 (7)", "UPDATE ledger_entry SET type = 'GIFT' WHERE entry_no = 1"));
    }

    static Stream<Arguments> topUps() {
        return Stream.of(
                broken(I15, text(5), "UPDATE top_up SET amount = 401 WHERE id = 200"),
                broken(I15, text(5), "DELETE FROM top_up WHERE id = 200"),
                broken(I15, text(200), "UPDATE ledger_entry SET payment_id = 201 WHERE entry_no = 5"),
                broken(I15, text(200), "UPDATE top_up SET approved_at = NULL WHERE id = 200"),
                broken(I15, text(200), "UPDATE top_up SET status = 'CONFIRMING' WHERE id = 200"),
                broken(I15, text(201), "UPDATE top_up SET status = 'PAID', approved_at = created_at WHERE id = 201"),
                broken(
                        I15,
                        text(9),
                        "INSERT INTO ledger_entry VALUES (7, 9, 9, 'TOP_UP', 400, 98200, NULL, %1$s, 200)"),
                broken(I15, text(5), "DELETE FROM ledger_payment WHERE payment_id = 200"),
                broken(I15, text(8), "DELETE FROM ledger_payment WHERE payment_id = 301 AND credit = 1"),
                broken(I15, text(201), "INSERT INTO ledger_payment VALUES (201, 1, 7, 9)"),
                broken(I15, text(6), "DELETE FROM top_up_refund WHERE id = 300"),
                broken(I15, text(8), "UPDATE top_up_refund SET return_entry_no = NULL WHERE id = 301"),
                broken(I15, text(301), "UPDATE top_up_refund SET status = 'DONE' WHERE id = 301"),
                broken(I15, text(300), "UPDATE top_up_refund SET amount = 99 WHERE id = 300"),
                broken(I15, text(200), "UPDATE top_up SET refunded_amount = 0 WHERE id = 200"));
    }

    static Stream<Arguments> reservations() {
        return Stream.of(
                broken(I16, "1 (2)", "UPDATE product SET held = 3 WHERE id = 2"),
                broken(I16, "1 (2)", "UPDATE product SET held = 0, stock = 10 WHERE id = 2"),
                broken(I2, "2 by +2", "UPDATE product SET held = 0, stock = 10 WHERE id = 2"),
                broken(I2, "2 by -2", "UPDATE reservation SET status = 'RELEASED', ended_at = %1$s WHERE id = 400"),
                broken(I16, text(400), "UPDATE reservation SET status = 'PAID', ended_at = %1$s WHERE id = 400"),
                broken(I16, text(400), "UPDATE reservation SET ended_at = %1$s WHERE id = 400"),
                broken(I16, text(401), "UPDATE reservation SET status = 'OPEN', ended_at = NULL WHERE id = 401"),
                broken(I16, text(401), "UPDATE reservation SET order_id = NULL WHERE id = 401"),
                broken(I16, text(401), "UPDATE reservation SET user_id = 8 WHERE id = 401"),
                broken(I16, text(401), "UPDATE reservation SET ended_at = expires_at WHERE id = 401"),
                broken(I16, text(402), "UPDATE reservation SET ended_at = created_at WHERE id = 402"),
                broken(I16, text(403), "UPDATE reservation SET ended_at = expires_at WHERE id = 403"),
                broken(
                        I16,
                        "without items: 1 (" + text(403),
                        "DELETE FROM reservation_item WHERE reservation_id = 403"),
                broken(I16, "not exist: 1 (" + text(403), "DELETE FROM reservation WHERE id = 403"),
                broken(
                        PURCHASES,
                        "user 8 product 1 by -2",
                        "UPDATE reservation_item SET product_id = 1, counted = TRUE WHERE reservation_id = 400"));
    }

    static Stream<Arguments> ordersAndEvents() {
        return Stream.of(
                broken(I7, text(100), "DELETE FROM ledger_entry WHERE entry_no = 2"),
                broken(I7, text(101), "UPDATE ledger_entry SET order_id = 100 WHERE entry_no = 3"),
                broken(
                        I7,
                        text(100),
                        "INSERT INTO ledger_entry VALUES (7, 9, 9, 'PAYMENT', -2500, 95300, 100, %1$s, NULL)"),
                broken(
                        I7,
                        text(101),
                        "INSERT INTO ledger_entry VALUES (7, 9, 9, 'REFUND', 2000, 99800, 101, %1$s, NULL)"),
                broken(
                        I7,
                        text(100),
                        "INSERT INTO ledger_entry VALUES (7, 9, 9, 'REFUND', 2500, 100300, 100, %1$s, NULL)"),
                broken(I7, text(102), "UPDATE ledger_entry SET order_id = 102 WHERE entry_no = 3"),
                broken(
                        I7,
                        text(101),
                        "DELETE FROM order_event WHERE position = 3",
                        "UPDATE feed_head SET position = 2"),
                broken(I7, text(100), "INSERT INTO order_event VALUES (4, 'OrderPaid', 7, 100, %1$s, '')"),
                broken(
                        I7,
                        "too many OrderPaid: 1 (" + text(102),
                        "INSERT INTO order_event VALUES (4, 'OrderPaid', 7, 102, %1$s, '')"),
                broken(I7, text(100), "UPDATE order_event SET user_id = 8 WHERE position = 1"),
                broken(I7, "too many OrderPaid: 1 (" + text(100), "DELETE FROM orders WHERE id = 100"),
                broken(I7, text(100), "UPDATE orders SET items = REPLACE(items, '3000', '2999') WHERE id = 100"),
                broken(I7, text(100), "UPDATE orders SET total_amount = 3001 WHERE id = 100"),
                broken(I7, text(100), "UPDATE orders SET discount_amount = 0 WHERE id = 100"),
                broken(I7, text(100), "UPDATE orders SET items = '[]' WHERE id = 100"),
                broken(I7, text(100), "UPDATE orders SET items = '[{}]' WHERE id = 100"),
                broken(I7, text(101), "UPDATE orders SET cancelled_at = NULL WHERE id = 101"),
                broken(I7, text(101), "UPDATE orders SET status = 'LOST' WHERE id = 101"),
                broken(FEED, "1 (3)", "DELETE FROM order_event WHERE position = 2"),
                broken(FEED, "(2)", "UPDATE feed_head SET position = 2"),
                broken(FEED, "(4)", "UPDATE feed_head SET position = 4"),
                broken(FEED, "head 0", "DELETE FROM feed_head"));
    }

    static Stream<Arguments> purchases() {
        return Stream.of(
                broken(PURCHASES, "1 (user 7 product 1 by +1)", "UPDATE purchase_count SET quantity = 4"),
                broken(PURCHASES, "1 (user 7 product 1 by -3)", "DELETE FROM purchase_count"),
                broken(PURCHASES, "1 (user 8 product 1 by +2)", "INSERT INTO purchase_count VALUES (8, 1, 2)"),
                broken(PURCHASES, "1 (user 7 product 2 by +2)", "INSERT INTO purchase_count VALUES (7, 2, 2)"),
                broken(PURCHASES, "user 8 product 1 by +3", "UPDATE purchase_count SET user_id = 8"),
                broken(PURCHASES, "by +3", "UPDATE product SET purchase_counting = 'NONE', purchase_limit = NULL"),
                broken(PURCHASES, "never binds", "UPDATE product SET purchase_limit = 1 WHERE id = 2"),
                broken(PURCHASES, "never binds", "UPDATE product SET purchase_counting = 'COUNTING' WHERE id = 1"));
    }

    static Stream<Arguments> refunds() {
        String two = "UPDATE order_refund SET items = REPLACE(items, '\"quantity\":1', '\"quantity\":2') WHERE id = ";
        String more = "UPDATE order_refund SET items = REPLACE(items, '%s', '%s'), amount = amount + %d WHERE id = %d";
        return Stream.of(
                broken(
                        I2,
                        "1 (2)",
                        "DELETE FROM stock_movement WHERE id = 400",
                        "UPDATE product SET stock = stock + 1 WHERE id = 2"),
                broken(I2, "1 (2)", "UPDATE stock_movement SET type = 'ADJUSTMENT' WHERE id = 400"),
                broken(I2, "1 (1)", "UPDATE order_refund SET restocked = FALSE WHERE id = 401"),
                broken(I2, "2 by -1", two + 400),
                broken(I4, text(102), "UPDATE coupon SET used_order_id = NULL WHERE id = 12"),
                broken(I4, text(12), "UPDATE orders SET coupon_id = NULL WHERE id = 102"),
                broken(I7, text(102), "DELETE FROM ledger_entry WHERE entry_no = 10"),
                broken(I7, text(103), "UPDATE ledger_entry SET amount = 999 WHERE entry_no = 13"),
                broken(
                        I7,
                        text(103),
                        "DELETE FROM order_event WHERE position = 8",
                        "UPDATE feed_head SET position = 7"),
                broken(I7, text(103), "UPDATE orders SET cancelled_at = ordered_at WHERE id = 103"),
                broken(I17, "exceed what was paid: 1 (" + text(102), more.formatted("966", "2966", 2000, 400)),
                broken(I17, "exceed what was paid: 1 (" + text(103), two + 401),
                broken(I17, "leaves won: 1 (" + text(103), more.formatted("1000", "999", -1, 402)),
                broken(I17, "do not add up: 1 (" + text(402), "UPDATE order_refund SET amount = 999 WHERE id = 402"),
                broken(I17, "do not add up: 1 (" + text(402), "UPDATE order_refund SET items = '[]' WHERE id = 402"),
                broken(I17, "cannot be read: 1 (" + text(402), "UPDATE order_refund SET items = '[{}]' WHERE id = 402"),
                broken(
                        I17,
                        "differ from their refunds: 1 (" + text(103),
                        "UPDATE orders SET status = 'PARTIALLY_REFUNDED' WHERE id = 103"),
                broken(
                        I17,
                        "differ from their refunds: 1 (" + text(102),
                        "UPDATE orders SET status = 'PAID' WHERE id = 102"),
                broken(
                        I17,
                        "differ from their refunds: 1 (" + text(102),
                        "UPDATE orders SET refunded = '[2]' WHERE id = 102"),
                broken(
                        I17,
                        "last piece alone: 1 (" + text(102),
                        "UPDATE order_refund SET coupon_returned = TRUE WHERE id = 400"),
                broken(
                        I17,
                        "without an order of their user: 1 (" + text(400),
                        "UPDATE order_refund SET user_id = 8 WHERE id = 400"),
                broken(
                        I17,
                        "without an order of their user: 1 (" + text(400),
                        "UPDATE order_refund SET order_id = 999 WHERE id = 400"),
                broken(I17, "without a refund: 1 (" + text(102), "DELETE FROM order_refund WHERE id = 400"),
                broken(PURCHASES, "1 (user 7 product 1 by -1)", "DELETE FROM order_refund WHERE id = 402"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refunds")
    void areReportedByTheCheckThatOwnsTheRefund(String check, String named, List<String> corruption) {
        try (ShopTables tables = ShopTables.withRefunds()) {
            assertReported(tables, check, named, corruption);
        }
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"goodsAndCoupons", "money", "topUps", "reservations", "ordersAndEvents", "purchases"})
    void areReportedByTheCheckThatOwnsTheFault(String check, String named, List<String> corruption) {
        try (ShopTables tables = ShopTables.inOrder()) {
            assertReported(tables, check, named, corruption);
        }
    }

    private static void assertReported(ShopTables tables, String check, String named, List<String> corruption) {
        corruption.forEach(tables::write);

        ReconciliationReport report = tables.audit.prove();

        assertThat(report.ok()).isFalse();
        assertThat(report.checks())
                .filteredOn(c -> c.name().equals(check))
                .singleElement()
                .satisfies(c -> assertThat(c.ok()).isFalse())
                .satisfies(c -> assertThat(c.detail()).contains(named));
        assertThat(tables.metrics.get("commerce.reconciliation.ok").gauge().value())
                .isZero();
    }

    @Test
    void areFoundAtFaultByEveryCheckAtLeastOnce() {
        try (ShopTables tables = ShopTables.empty()) {
            assertThat(Stream.of(
                                    goodsAndCoupons(),
                                    money(),
                                    topUps(),
                                    reservations(),
                                    ordersAndEvents(),
                                    purchases(),
                                    refunds())
                            .flatMap(all -> all)
                            .map(c -> c.get()[0])
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(tables.audit.prove().checks().stream()
                            .map(Check::name)
                            .toList());
        }
    }

    @Test
    void nameFiveIdsAndTheNumberOfTheOthers() {
        try (ShopTables tables = ShopTables.empty()) {
            for (int id = 1; id <= 7; id++) {
                tables.product(id, 0, 1);
            }

            assertThat(tables.audit.prove().checks())
                    .extracting(Check::detail)
                    .anyMatch(detail -> detail.contains("put in: 7 (1 by +1, 2 by +1, 3 by +1, 4 by +1, 5 by +1, …)"));
        }
    }

    private static Arguments broken(String check, String named, String... corruption) {
        return Arguments.of(check, named, List.of(corruption));
    }

    private static String text(long id) {
        return IdText.of(id);
    }
}
