package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.CountedRows;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** A user with 2,000 orders of 100 lines, and as many of nearly everything else: a batch reads not one row more. */
@OnDatabase
@ServedShop
@Import(CountedRows.class)
class LongHistoryModuleTests {

    private static final int ORDERS = 2_000;
    private static final int CAMPAIGNS = 200;

    private final Client client;
    private final Given given;

    @Autowired
    private CountedRows.Template jdbc;

    @Autowired
    private Quotes quotes;

    LongHistoryModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    @Test
    void costsNoBatchARow() {
        long newcomer = given.aUserWithBalance(100_000);
        long veteran = given.aUserWithBalance(100_000);
        long product = aProductWithALimit();
        long other = aProductWithALimit();
        long[] campaigns = {given.aCampaign(10, 10), given.aCampaign(10, 10)};
        givenAHistory(veteran, product);

        Map<String, Long> expected = rowsRead(newcomer, product, other, campaigns[0], 0);
        Map<String, Long> rows = rowsRead(veteran, product, other, campaigns[1], 8);

        assertThat(expected.get("order")).isPositive();
        assertThat(rows).isEqualTo(expected);
    }

    private long aProductWithALimit() {
        return client.must(Call.post(
                        "/admin/products", Map.of("name", "Limited", "price", 10, "stock", 99, "purchaseLimit", 50)))
                .number("productId");
    }

    /** What each call reads in its batch, and what a quote reads. */
    private Map<String, Long> rowsRead(long user, long product, long other, long campaign, int refundsBefore) {
        Map<String, Long> rows = new LinkedHashMap<>();
        count(rows, "charge", () -> client.must(Call.charge(user, 1).withKey("charge")));
        String coupon = count(
                        rows,
                        "issue",
                        () -> client.must(Call.issue(user, campaign).withKey("issue")))
                .text("couponId");
        Call.Line[] lines = {Call.line(product, 1), Call.line(other, 2)};
        count(rows, "quote", () -> quotes.quote(user, Map.of(product, 1L, other, 2L), null));
        String order = count(
                        rows,
                        "order",
                        () -> client.must(Call.order(user, coupon, lines).withKey("order")))
                .text("orderId");
        count(rows, "refused", () -> client.send(Call.order(user, Call.line(product, 51))));
        String released =
                count(rows, "hold", () -> client.must(Call.hold(user, lines))).text("reservationId");
        count(rows, "release", () -> client.must(Call.release(released)));
        String paid = client.must(Call.hold(user, lines)).text("reservationId");
        count(rows, "pay", () -> client.must(Call.payReservation(user, paid)));
        count(rows, "cancel", () -> client.must(Call.cancel(order).withKey("cancel")));
        String returned = client.must(Call.order(user, Call.line(other, 10))).text("orderId");
        for (int i = 0; i < refundsBefore; i++) {
            client.must(Call.refund(returned, Call.line(other, 1)));
        }
        count(
                rows,
                "refund",
                () -> client.must(Call.refund(returned, Call.line(other, 1)).withKey("refund")));
        count(rows, "stock", () -> client.must(Call.changeStock(product, 1)));
        count(rows, "limit", () -> client.must(Call.limitPurchases(product, 49L)));
        return rows;
    }

    private <T> T count(Map<String, Long> rows, String name, Supplier<T> call) {
        jdbc.reset();
        T answer = call.get();
        rows.put(name, jdbc.rows());
        return answer;
    }

    private void givenAHistory(long user, long product) {
        String line = "{\"productId\":%d,\"name\":\"P\",\"unitPrice\":1,\"quantity\":1,\"lineAmount\":1}";
        String items = IntStream.range(0, 100)
                .mapToObj(n -> line.formatted(n == 0 ? product : 1_000 + n))
                .collect(Collectors.joining(",", "[", "]"));
        List<Object[]> orders = IntStream.rangeClosed(1, ORDERS)
                .mapToObj(n -> new Object[] {n, user, items})
                .toList();
        jdbc.batchUpdate("""
            INSERT INTO orders (id, user_id, status, items, total_amount, discount_amount, paid_amount, ordered_at)
            VALUES (?, ?, 'PAID', ?, 100, 0, 100, '2026-01-01 00:00:00')
            """, orders);
        List<Object[]> each = IntStream.rangeClosed(1, ORDERS)
                .mapToObj(n -> new Object[] {user, n})
                .toList();
        jdbc.batchUpdate("""
            INSERT INTO ledger_entry (user_id, entry_no, id, type, amount, balance_after, created_at)
            VALUES (?, ? + 1, 1, 'CHARGE', 0, 100000, '2026-01-01 00:00:00')
            """, each);
        jdbc.update("UPDATE wallet SET entries = 1 + ? WHERE user_id = ?", ORDERS, user);
        jdbc.batchUpdate("INSERT INTO purchase_count (user_id, product_id, quantity) VALUES (?, 1000 + ?, 1)", each);
        jdbc.batchUpdate("""
                INSERT INTO idempotency_key (user_id, idem_key, fingerprint, answer, created_at)
                VALUES (?, CONCAT('key', ?), X'00', '{}', '2099-01-01 00:00:00')
                """, each);
        jdbc.batchUpdate("""
                INSERT INTO reservation (user_id, id, status, created_at, expires_at, ended_at)
                VALUES (?, ?, 'RELEASED', '2026-01-01 00:00:00', '2026-01-01 00:05:00', '2026-01-01 00:01:00')
                """, each);
        jdbc.batchUpdate(
                "INSERT INTO reservation_item (quantity, reservation_id, product_id, counted) VALUES (1, ?, ?, TRUE)",
                IntStream.rangeClosed(1, ORDERS)
                        .mapToObj(n -> new Object[] {n, product})
                        .toList());
        jdbc.batchUpdate(
                """
                INSERT INTO coupon (id, campaign_id, user_id, sequence, used_order_id, issued_at, expires_at)
                VALUES (?, 1000 + ?, ?, 1, 1, '2026-01-01 00:00:00', '2099-01-01 00:00:00')
                """,
                IntStream.rangeClosed(1, CAMPAIGNS)
                        .mapToObj(n -> new Object[] {n, n, user})
                        .toList());
    }
}
