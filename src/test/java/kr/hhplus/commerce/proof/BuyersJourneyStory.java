package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.get;
import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.order;
import static kr.hhplus.commerce.testkit.Call.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.EventLines;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.ShopState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One buyer's whole way through the shop that a newcomer has just started, step by step, each on what came before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BuyersJourneyStory {

    private static final long CHARGED = 10_000_000;

    private long buyer;
    private Shop shop;
    private Client client;
    private JsonNode product;
    private Reply coupon;
    private Call placing;
    private Reply placed;

    @BeforeAll
    void aNewShop(@TempDir Path data) {
        shop = open(data);
        client = shop.client();
        buyer = comeIn(client);
    }

    /** In local mode; with credentials the same story is told by the classes that extend this one. */
    Shop open(Path data) {
        return Shop.openWithSampleData(data);
    }

    /** Makes the client the buyer's, and for what only an operator may ask the operator's. @return the buyer */
    long comeIn(Client visitor) {
        return 1;
    }

    @AfterAll
    void closeTheShop() {
        shop.close();
    }

    @Test
    @Order(1)
    void chargesABalance() {
        assertThat(client.must(Call.balance(buyer)).number("balance")).isZero();
        Call charging = post("/balance/charge?userId=" + buyer + "&amount=" + CHARGED, null)
                .withKey("charge");
        Reply charged = client.must(charging);
        assertThat(charged.status()).isEqualTo(200);
        assertThat(charged.number("balance")).isEqualTo(CHARGED);
        assertThat(charged.number("chargedAmount")).isEqualTo(CHARGED);
        assertThat(charged.text("currency")).isEqualTo("KRW");
        assertThat(charged.replayed()).isFalse();

        Reply again = client.must(charging);
        assertThat(again.replayed()).isTrue();
        assertThat(again.json()).isEqualTo(charged.json());
        assertThat(client.must(Call.balance(buyer)).number("balance")).isEqualTo(CHARGED);
    }

    @Test
    @Order(2)
    void looksAtTheProducts() {
        JsonNode list = client.must(get("/products")).json();
        assertThat(list.required("items")).hasSize(20);
        assertThat(list.required("nextCursor").isNull()).isFalse();
        product = list.required("items").get(0);
        assertThat(product.required("price").longValue()).isBetween(1L, 50_000L);
        assertThat(product.required("stock").longValue()).isPositive();
        assertThat(client.all("/products")).hasSize(30);
        Reply single = client.must(Call.product(productId()));
        product.properties()
                .forEach(field -> assertThat(single.json().get(field.getKey())).isEqualTo(field.getValue()));
    }

    @Test
    @Order(3)
    void takesACouponOfTheOpenCampaign() {
        Call issuing = post("/coupons/issue?userId=" + buyer, null).withKey("coupon");
        coupon = client.must(issuing);
        assertThat(coupon.status()).isEqualTo(201);
        assertThat(coupon.number("sequence")).isEqualTo(1);
        assertThat(coupon.text("status")).isEqualTo("ISSUED");
        assertThat(client.must(issuing).json()).isEqualTo(coupon.json());
        assertThat(client.send(post("/coupons/issue", Map.of("userId", buyer))).code())
                .isEqualTo("COUPON_ALREADY_ISSUED");

        List<JsonNode> held = client.all("/coupons?status=ISSUED&userId=" + buyer);
        assertThat(held).hasSize(1);
        assertThat(held.get(0).required("couponId").textValue()).isEqualTo(coupon.text("couponId"));
        List<JsonNode> campaigns = client.all("/campaigns");
        assertThat(campaigns)
                .filteredOn(c -> c.required("campaignId").longValue() == coupon.number("campaignId"))
                .hasSize(1)
                .allMatch(c -> c.required("remaining").longValue()
                        == c.required("totalQuantity").longValue() - 1);
    }

    @Test
    @Order(4)
    void ordersWithTheCoupon() {
        long pieces = 1 + coupon.number("minOrderAmount") / price();
        placing =
                order(buyer, coupon.text("couponId"), line(productId(), pieces)).withKey("order");
        placed = client.must(placing);
        assertThat(placed.status()).isEqualTo(201);
        assertThat(placed.headers().get("Location")).endsWith("/orders/" + placed.text("orderId"));
        assertThat(placed.text("status")).isEqualTo("PAID");
        assertThat(placed.number("totalAmount")).isEqualTo(pieces * price());
        assertThat(placed.number("discountAmount")).isEqualTo(discount(pieces * price()));
        assertThat(placed.number("paidAmount")).isEqualTo(pieces * price() - discount(pieces * price()));
        assertThat(placed.number("balance")).isEqualTo(CHARGED - placed.number("paidAmount"));
        JsonNode line = placed.json().required("items").get(0);
        assertThat(line.required("name")).isEqualTo(product.get("name"));
        assertThat(line.required("quantity").longValue()).isEqualTo(pieces);
        assertThat(line.required("lineAmount").longValue()).isEqualTo(pieces * price());

        Reply again = client.must(placing);
        assertThat(again.replayed()).isTrue();
        assertThat(again.json()).isEqualTo(placed.json());
    }

    @Test
    @Order(5)
    void findsBalanceStockCouponAndLedgerChanged() {
        assertThat(client.must(Call.balance(buyer)).number("balance")).isEqualTo(placed.number("balance"));
        assertThat(ShopState.of(shop).stock(productId()))
                .isEqualTo(product.get("stock").longValue() - pieces());
        List<JsonNode> used = client.all("/coupons?status=USED&userId=" + buyer);
        assertThat(used).hasSize(1);
        assertThat(used.get(0).required("usedOrderId").textValue()).isEqualTo(orderId());
        List<JsonNode> ledger = client.all("/balance/transactions?userId=" + buyer);
        assertThat(ledger)
                .extracting(entry -> entry.required("type").textValue())
                .containsExactly("PAYMENT", "CHARGE");
        assertThat(ledger.get(0).required("orderId").textValue()).isEqualTo(orderId());
        assertThat(ledger.get(0).required("amount").longValue()).isEqualTo(-placed.number("paidAmount"));
        assertThat(client.must(get("/orders/" + orderId())).text("status")).isEqualTo("PAID");
        assertThat(client.all("/orders?userId=" + buyer)).hasSize(1);
    }

    @Test
    @Order(6)
    void seesTheProductAmongTheBestSellers() {
        Awaitility.await("the best sellers to show the sale").untilAsserted(() -> {
            Reply best = client.must(get("/products/best-seller?range=3days&limit=5"));
            assertThat(best.json().required("items")).hasSize(1);
            JsonNode first = best.json().required("items").get(0);
            assertThat(first.required("rank").longValue()).isEqualTo(1);
            assertThat(first.required("productId").longValue()).isEqualTo(productId());
            assertThat(first.required("soldQuantity").longValue()).isEqualTo(pieces());
        });
    }

    @Test
    @Order(7)
    void isReportedToTheDataPlatform() {
        JsonNode event = theEventsAre("OrderPaid").get(0);
        assertThat(event.required("specversion").textValue()).isEqualTo("1.0");
        assertThat(event.required("subject").textValue()).isEqualTo(orderId());
        assertThat(event.required("time")).isEqualTo(placed.json().get("orderedAt"));
        for (String field :
                List.of("orderId", "userId", "totalAmount", "discountAmount", "paidAmount", "couponId", "items")) {
            assertThat(event.required("data").required(field))
                    .as(field)
                    .isEqualTo(placed.json().get(field));
        }
    }

    @Test
    @Order(8)
    void cancelsAndGetsEverythingBack() {
        Call cancelling = Call.cancel(orderId()).withKey("cancel");
        Reply cancelled = client.must(cancelling);
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
        assertThat(cancelled.number("balance")).isEqualTo(CHARGED);
        assertThat(client.must(cancelling).json()).isEqualTo(cancelled.json());
        assertThat(client.send(Call.cancel(orderId())).code()).isEqualTo("ORDER_NOT_CANCELLABLE");

        assertThat(client.must(Call.balance(buyer)).number("balance")).isEqualTo(CHARGED);
        assertThat(ShopState.of(shop).stock(productId()))
                .isEqualTo(product.get("stock").longValue());
        assertThat(client.all("/coupons?status=ISSUED&userId=" + buyer)).hasSize(1);
        assertThat(ShopState.of(shop).entries(buyer, "REFUND", orderId())).isEqualTo(1);
        assertThat(client.must(get("/orders/" + orderId())).text("status")).isEqualTo("CANCELLED");
        assertThat(theEventsAre("OrderPaid", "OrderCancelled").get(1).required("time"))
                .isEqualTo(cancelled.json().get("cancelledAt"));
        Awaitility.await("the best sellers to forget the sale").untilAsserted(() -> assertThat(
                        client.must(get("/products/best-seller")).json().required("items"))
                .isEmpty());
    }

    @Test
    @Order(9)
    void buysAgainWithTheCouponThatCameBack() {
        Reply second = client.must(order(buyer, coupon.text("couponId"), line(productId(), pieces())));
        assertThat(second.number("discountAmount")).isEqualTo(placed.number("discountAmount"));
        assertThat(client.must(placing).json()).isEqualTo(placed.json());
        theEventsAre("OrderPaid", "OrderCancelled", "OrderPaid");
    }

    @Test
    @Order(10)
    void findsTheBooksRightAlsoAfterARestart() {
        ShopState.of(shop).ledgerExplainsBalanceOf(buyer);
        ShopState.of(shop).reconcile();
        JsonNode orders = client.must(get("/orders?userId=" + buyer)).json();
        shop.sigterm();
        shop.exitCode(Duration.ofSeconds(45));
        client = shop.restart().client();
        assertThat(client.must(get("/orders?userId=" + buyer)).json()).isEqualTo(orders);
        assertThat(client.must(placing).json()).isEqualTo(placed.json());
        assertThat(client.all("/products")).hasSize(30);
        theEventsAre("OrderPaid", "OrderCancelled", "OrderPaid");
        ShopState.of(shop).reconcile();
    }

    /** The feed has exactly these, and so have the files, line by line. */
    private List<JsonNode> theEventsAre(String... types) {
        List<JsonNode> pulled = client.events();
        assertThat(pulled)
                .extracting(event -> event.required("type").textValue())
                .containsExactly(types);
        Awaitility.await("the files to hold the same")
                .untilAsserted(() -> assertThat(EventLines.in(shop.data())).isEqualTo(pulled));
        return pulled;
    }

    private long discount(long total) {
        JsonNode discount = coupon.json().required("discount");
        long value = discount.required("value").longValue();
        long off = discount.required("type").textValue().equals("FIXED") ? value : total * value / 100;
        return Math.min(Math.min(off, total), discount.path("maxAmount").asLong(Long.MAX_VALUE));
    }

    private long productId() {
        return product.required("productId").longValue();
    }

    private long price() {
        return product.required("price").longValue();
    }

    private long pieces() {
        return placed.json().required("items").get(0).required("quantity").longValue();
    }

    private String orderId() {
        return placed.text("orderId");
    }
}
