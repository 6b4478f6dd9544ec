package kr.hhplus.commerce.order;

import static kr.hhplus.commerce.testkit.Call.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Refunds of pieces and attributes of orders over HTTP. */
@OnDatabase
@ServedShop
class RefundingModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private OrderBatchHandler handler;

    @Autowired
    private OrderService orders;

    @Autowired
    private RefundService refunds;

    @Autowired
    private TransactionTemplate transaction;

    RefundingModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    @AfterEach
    void reconcile() {
        JsonNode audit = client.must(Call.get("/admin/audit")).json();
        assertThat(audit.get("ok").booleanValue()).as(audit.toString()).isTrue();
    }

    private long aLimitedProduct(long price, long stock, long limit) {
        return client.must(Call.post(
                        "/admin/products",
                        Map.of("name", "Limited", "price", price, "stock", stock, "purchaseLimit", limit)))
                .number("productId");
    }

    private String orderOf(long user, Call.Line... lines) {
        return client.must(Call.order(user, lines)).text("orderId");
    }

    private Reply order(String orderId) {
        return client.must(Call.get("/orders/" + orderId));
    }

    private long balance(long user) {
        return client.must(Call.balance(user)).number("balance");
    }

    private long stock(long product) {
        return client.must(Call.product(product)).number("stock");
    }

    private void refused(Call call, int status, String code, String cause) {
        Reply reply = client.send(call);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().path("cause").asText()).isEqualTo(cause);
    }

    private List<JsonNode> eventsOf(String orderId) {
        return client.events().stream()
                .filter(event -> event.required("subject").textValue().equals(orderId))
                .toList();
    }

    private long sold(long product) {
        for (JsonNode item : client.must(Call.get("/products/best-seller?range=1hour&limit=100"))
                .json()
                .required("items")) {
            if (item.required("productId").longValue() == product) {
                return item.required("soldQuantity").longValue();
            }
        }
        return 0;
    }

    @Test
    void givesBackPieceByPieceAndTheCouponWithTheLastOne() {
        long first = aLimitedProduct(1_000, 5, 3);
        long second = given.aProduct().price(500).stock(1).onSale();
        long user = given.aUserWithBalance(3_500);
        String coupon = client.must(Call.issue(user, given.aCampaign(100, 1))).text("couponId");
        String order = client.must(Call.order(user, coupon, line(first, 3), line(second, 1)))
                .text("orderId");
        refused(Call.order(user, line(first, 1)), 409, "PURCHASE_LIMIT_EXCEEDED", "");
        Awaitility.await().until(() -> sold(first) == 3);

        // Of the 100 that the coupon took off, 86 are the first line's (85.7) and 14 the second line's: 2,914 and 486.
        Reply one = client.must(Call.refund(order, line(first, 1)));
        assertThat(one.status()).isEqualTo(201);
        assertThat(one.number("amount")).isEqualTo(971);
        assertThat(one.number("balance")).isEqualTo(1_071);
        assertThat(one.json().get("couponReturned").booleanValue()).isFalse();
        assertThat(order(order).text("status")).isEqualTo("PARTIALLY_REFUNDED");
        assertThat(order(order).json().at("/items/0/refundedQuantity").asLong()).isEqualTo(1);
        assertThat(stock(first)).isEqualTo(3);
        Awaitility.await().until(() -> sold(first) == 2);
        refused(Call.cancel(order), 409, "ORDER_NOT_CANCELLABLE", "REFUNDED");
        refused(Call.refund(order, line(first, 3)), 409, "REFUND_EXCEEDS_ORDER", "REFUNDED");

        client.must(Call.refund(order, line(second, 1)));
        Reply last = client.must(Call.refund(order, line(first, 1), line(first, 1)));
        assertThat(last.number("balance")).isEqualTo(3_500);
        assertThat(last.json().get("couponReturned").booleanValue()).isTrue();
        assertThat(order(order).text("status")).isEqualTo("REFUNDED");
        assertThat(client.all("/coupons?status=ISSUED&userId=" + user)).hasSize(1);
        refused(Call.refund(order, line(first, 1)), 409, "ORDER_NOT_REFUNDABLE", "REFUNDED");
        refused(Call.fulfil(order), 409, "ORDER_NOT_FULFILLABLE", "REFUNDED");

        assertThat(client.all("/orders/" + order + "/refunds"))
                .extracting(refund -> refund.get("amount").asLong())
                .containsExactly(1_943L, 486L, 971L);
        assertThat(client.all("/admin/orders?status=REFUNDED&userId=" + user)).hasSize(1);
        client.must(Call.order(user, line(first, 3)));
    }

    @Test
    void tellsTheDataPlatformWhatWasRefunded() {
        long product = given.aProduct().price(1_000).onSale();
        long user = given.aUserWithBalance(2_000);
        String order = orderOf(user, line(product, 2));
        client.must(Call.refund(order, line(product, 1)));
        client.must(Call.fulfil(order));
        List<JsonNode> events = eventsOf(order);
        assertThat(events)
                .extracting(event -> event.get("type").asText())
                .containsExactly("OrderPaid", "OrderRefunded", "OrderFulfilled");
        JsonNode data = events.get(1).get("data");
        assertThat(data.get("status").asText()).isEqualTo("PARTIALLY_REFUNDED");
        assertThat(data.at("/refund/items/0/quantity").asLong()).isEqualTo(1);
        assertThat(data.at("/refund/amount").asLong()).isEqualTo(1_000);
        assertThat(data.has("balance")).isFalse();
        assertThat(data.get("refund").has("balance")).isFalse();
        assertThat(events.get(2).at("/data/status").asText()).isEqualTo("PARTIALLY_REFUNDED");
    }

    @Test
    void bindsTheBuyerToTheTimeAndToFulfilmentButNoOperator() throws Exception {
        long product = given.aProduct().price(1_000).stock(5).onSale();
        long user = given.aUserWithBalance(2_000);
        String sent = orderOf(user, line(product, 1));
        client.must(Call.fulfil(sent));
        refused(Call.refund(sent, line(product, 1)), 409, "ORDER_NOT_REFUNDABLE", "FULFILLED");
        String old = orderOf(user, line(product, 1));
        jdbc.update(
                "UPDATE orders SET ordered_at = '2026-01-01 00:00:00' WHERE id = ?",
                IdText.parse(old).orElseThrow());
        refused(Call.refund(old, line(product, 1)), 409, "ORDER_NOT_REFUNDABLE", "TOO_LATE");

        RefundRequest request = new RefundRequest(List.of(new OrderRequest.Line(product, 1L)), "broken", false);
        Caller admin = Caller.user(1, Set.of(Caller.Role.ADMIN));
        Order order = orders.find(sent, null);
        assertThat(refunds.refund(admin, order, request, null).get()).isInstanceOf(CommandResult.Done.class);
        assertThat(stock(product)).isEqualTo(3);
        assertThat(client.all("/admin/trail?kind=ORDER_REFUNDED"))
                .anySatisfy(entry -> assertThat(entry.toString()).contains("order " + sent, "user 1", "broken"));
    }

    @Test
    void leavesItToOperatorsWhetherPiecesAreRestocked() {
        long product = given.aProduct().price(1_000).stock(5).onSale();
        long user = given.aUserWithBalance(2_000);
        Order order = orders.find(orderOf(user, line(product, 2)), null);
        for (boolean restock : new boolean[] {true, false}) {
            RefundRequest request = new RefundRequest(List.of(new OrderRequest.Line(product, 1L)), null, restock);
            for (Caller caller : List.of(
                    Caller.user(user, Set.of(Caller.Role.USER)), Caller.service("app", Set.of(Caller.Role.SERVICE)))) {
                assertThatThrownBy(() -> refunds.refund(caller, order, request, null))
                        .isInstanceOf(RefusedException.class)
                        .hasMessageContaining("FORBIDDEN");
            }
        }
        client.must(Call.refundWithoutRestocking(order.orderId(), line(product, 1)));
        assertThat(stock(product)).isEqualTo(3);
        assertThat(jdbc.queryForList(
                        "SELECT delta FROM stock_movement WHERE type = 'WRITE_OFF' AND product_id = ?",
                        Long.class,
                        product))
                .containsExactly(-1L);
        client.must(Call.refund(order.orderId(), line(product, 1)));
        assertThat(stock(product)).isEqualTo(4);
    }

    @Test
    void answersAKeyAsTheFirstTime() {
        long product = given.aProduct().price(1_000).onSale();
        long user = given.aUserWithBalance(3_000);
        String order = orderOf(user, line(product, 3));
        Call refund = Call.refund(order, line(product, 1)).withKey("refund");
        Reply first = client.must(refund);
        Reply again = client.must(refund);
        assertThat(again.replayed()).isTrue();
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(balance(user)).isEqualTo(1_000);
        refused(Call.refund(order, line(product, 2)).withKey("refund"), 422, "IDEMPOTENCY_KEY_REUSED", "");
        refused(
                Call.refundWithoutRestocking(order, line(product, 1)).withKey("refund"),
                422,
                "IDEMPOTENCY_KEY_REUSED",
                "");
        refused(Call.cancel(order).withKey("refund"), 422, "IDEMPOTENCY_KEY_REUSED", "");
    }

    @Test
    void doesNotTakeTheRefundOfAnotherInstanceForItsOwn() {
        long product = given.aProduct().price(1_000).onSale();
        long user = given.aUserWithBalance(2_000);
        String order = orderOf(user, line(product, 2));
        OrderCommand command = Goods.refund(user, IdText.parse(order).orElseThrow(), Map.of(product, 1L));
        BatchResult<CommandResult<?>> rolledBack = transaction.execute(status -> {
            status.setRollbackOnly();
            return handler.decideBatch(List.of(command));
        });
        client.must(Call.refund(order, line(product, 1)));
        assertThat(transaction.<Boolean>execute(
                        status -> rolledBack.isCommitted().getAsBoolean()))
                .isFalse();
    }

    @Test
    void refundsAnOrderThatCostNothing() {
        long product = given.aProduct().price(100).onSale();
        long user = given.aUserWithBalance(1);
        String coupon = client.must(Call.issue(user, given.aCampaign(1_000, 1))).text("couponId");
        String order = client.must(Call.order(user, coupon, line(product, 2))).text("orderId");
        assertThat(client.must(Call.refund(order, line(product, 1))).number("amount"))
                .isZero();
        assertThat(client.must(Call.refund(order, line(product, 1)))
                        .json()
                        .get("couponReturned")
                        .booleanValue())
                .isTrue();
        assertThat(balance(user)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoRefund() {
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(1_000);
        String order = orderOf(user, line(product, 1));
        String path = "/orders/" + order + "/refunds";
        for (Object body : List.of(
                Map.of(),
                Map.of("items", List.of()),
                Map.of("items", List.of(line(product, 0))),
                Map.of("items", List.of(line(product, 10_001))),
                Map.of("items", List.of(line(product, 1)), "reason", " "),
                Map.of("items", List.of(line(product, 1)), "reason", "x".repeat(201)),
                Map.of("items", List.of(line(product, 1)), "amount", 1))) {
            refused(Call.post(path, body), 400, "INVALID_REQUEST", "");
        }
        refused(Call.refund(order, line(product + 1, 1)), 409, "REFUND_EXCEEDS_ORDER", "");
        refused(Call.refund("nonsense", line(product, 1)), 404, "ORDER_NOT_FOUND", "");
        refused(Call.get("/orders/" + order + "/refunds?cursor=zzz"), 400, "INVALID_CURSOR", "");
    }

    private static Call withAttributes(long user, long product, Object attributes) {
        return Call.post(
                "/orders", Map.of("userId", user, "items", List.of(line(product, 1)), "attributes", attributes));
    }

    @Test
    void keepsTheAttributesOfAnOrderAndTellsThemToTheDataPlatform() {
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(3_000);
        Map<String, String> attributes = Map.of("선물 메모", "\"생일\" 축하해\n'또' 봐 \\o/", "address", "A-17");
        Call call = withAttributes(user, product, attributes).withKey("gift");
        Reply placed = client.must(call);
        JsonNode expected = Client.JSON.valueToTree(attributes);
        assertThat(placed.json().get("attributes")).isEqualTo(expected);
        assertThat(order(placed.text("orderId")).json().get("attributes")).isEqualTo(expected);
        assertThat(client.all("/orders?userId=" + user).get(0).get("attributes"))
                .isEqualTo(expected);
        assertThat(eventsOf(placed.text("orderId")).get(0).at("/data/attributes"))
                .isEqualTo(expected);
        assertThat(client.must(call).replayed()).isTrue();
        refused(withAttributes(user, product, Map.of()).withKey("gift"), 422, "IDEMPOTENCY_KEY_REUSED", "");
        assertThat(client.must(withAttributes(user, product, Map.of())).json().has("attributes"))
                .isFalse();

        client.must(Call.cancel(placed.text("orderId")));
        assertThat(order(placed.text("orderId")).json().get("attributes")).isEqualTo(expected);
    }

    @Test
    void refusesAttributesBeyondTheLimits() {
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(1_000);
        refused(withAttributes(user, product, Map.of("k", "a".repeat(4_096))), 400, "INVALID_REQUEST", "");
        refused(withAttributes(user, product, Map.of("k", 1)), 400, "INVALID_REQUEST", "");
        refused(withAttributes(user, product, Map.of("k", List.of())), 400, "INVALID_REQUEST", "");
        refused(withAttributes(user, product, "text"), 400, "INVALID_REQUEST", "");
        refused(withAttributes(user, product, Map.of("k", "\u0000")), 400, "INVALID_REQUEST", "");
        assertThat(client.send(withAttributes(user, product, Map.of(" ", ""))).errors())
                .containsOnlyKeys("/attributes");
        client.must(withAttributes(user, product, Map.of("k", "a".repeat(4_095))));
    }
}
