package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An order that cannot be had: said kindly in both languages, with everything still there that was chosen. */
@ServedShop
class RefusedOrderModuleTests {

    private static final String CHECKOUT = "/shop/checkout";

    private final int port;
    private final Client client;
    private final Given given;
    private long user;

    RefusedOrderModuleTests(@LocalServerPort int port) {
        this.port = port;
        this.client = new Client(URI.create("http://127.0.0.1:" + port));
        this.given = new Given(client);
    }

    @BeforeEach
    void aBuyer() {
        user = given.aUserWithBalance(50_000);
    }

    @AfterEach
    void goOn() {
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", false), null));
    }

    private long aProduct(Map<String, Object> more) {
        Map<String, Object> details = new HashMap<>(Map.of("name", "Barley tea", "price", 10_000, "stock", 5));
        details.putAll(more);
        return client.must(Call.post("/admin/products", details)).number("productId");
    }

    /** Sends what a page has offered before; the refusal comes back with the same form. */
    private void isRefused(int status, String items, String coupon, String korean, String english) {
        for (String language : List.of("ko", "en")) {
            Visit visit = Visit.asUser(port, user, language);
            Map<String, String> form = new HashMap<>(Map.of("items", items, "key", "one-" + language + items));
            if (coupon != null) {
                form.put("coupon", coupon);
            }
            Reply page = visit.post(CHECKOUT, form);

            assertThat(page.status()).isEqualTo(status);
            assertThat(page.tag("id=\"refused\"")).contains("role=\"alert\"");
            assertThat(page.text())
                    .contains(language.equals("ko") ? korean : english)
                    .doesNotContain("??");
            assertThat(page.hiddenFields(CHECKOUT)).containsAllEntriesOf(form);
        }
        assertThat(client.all("/orders?userId=" + user)).isEmpty();
    }

    @Test
    void whereSomebodyWasFaster() {
        long product = aProduct(Map.of());
        isRefused(
                409,
                product + "x6",
                null,
                "“Barley tea” 상품의 재고가 5개 남아 6개를 주문할 수 없습니다.",
                "Only 5 of “Barley tea” are left, but you asked for 6.");
    }

    @Test
    void whereTheBalanceIsShort() {
        long product = aProduct(Map.of("price", 60_000));
        isRefused(
                409,
                product + "x2",
                null,
                "잔액은 50,000원이고 주문 금액은 120,000원입니다.",
                "Your balance is ₩50,000, and this order costs ₩120,000.");
    }

    @Test
    void whereOneBuyerMayNotHaveMore() {
        long product = aProduct(Map.of("purchaseLimit", 2));
        isRefused(409, product + "x3", null, "1인당 2개까지", "is limited to 2 per buyer, including earlier orders.");
    }

    @Test
    void whereTheSaleHasNotBegun() {
        long product = aProduct(Map.of("saleStartsAt", "2100-01-01T00:00:00Z"));
        isRefused(409, product + "x1", null, "지금은 판매하고 있지 않습니다", "“Barley tea” is not on sale right now.");
    }

    @Test
    void whereTheSaleIsPaused() {
        long product = aProduct(Map.of());
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", true, "message", "Back at {0} o'clock"), null));
        isRefused(409, product + "x1", null, "Back at {0} o'clock", "Back at {0} o'clock");
    }

    @Test
    void whereTheCouponIsUsed() {
        long product = aProduct(Map.of());
        String coupon = client.must(Call.issue(user, given.aCampaign(500, 10))).text("couponId");
        String order =
                client.must(Call.order(user, coupon, Call.line(product, 1))).text("orderId");
        Visit visit = Visit.asUser(port, user, "en");

        Reply page = visit.post(CHECKOUT, Map.of("items", product + "x1", "coupon", coupon, "key", "again"));

        assertThat(page.status()).isEqualTo(409);
        assertThat(page.text()).contains("This coupon was used for another order.");
        assertThat(client.all("/orders?userId=" + user)).hasSize(1).first().satisfies(one -> assertThat(
                        one.get("orderId").textValue())
                .isEqualTo(order));
    }

    @Test
    void whereTheCouponIsSomebodyElses() {
        long product = aProduct(Map.of());
        String coupon =
                client.must(Call.issue(given.aUser(), given.aCampaign(500, 10))).text("couponId");
        isRefused(404, product + "x1", coupon, "쿠폰을 찾을 수 없습니다", "Coupon not found");
    }

    @Test
    void whereTheOrderIsTooSmallForTheCoupon() {
        long product = aProduct(Map.of());
        long campaign = client.must(Call.post(
                        "/admin/campaigns",
                        Map.of(
                                "name",
                                "For large orders",
                                "discount",
                                Map.of("type", "FIXED", "value", 100),
                                "minOrderAmount",
                                30_000,
                                "totalQuantity",
                                50,
                                "startsAt",
                                "2020-01-01T00:00:00Z",
                                "endsAt",
                                "2100-01-01T00:00:00Z",
                                "couponValidDays",
                                7)))
                .number("campaignId");
        String coupon = client.must(Call.issue(user, campaign)).text("couponId");
        isRefused(
                409,
                product + "x1",
                coupon,
                "30,000원 이상 주문 시 사용할 수 있는 쿠폰입니다. 현재 주문 금액은 10,000원입니다.",
                "This coupon requires an order of ₩30,000 or more. Your order is ₩10,000.");
    }

    @Test
    void whereTheProductIsGone() {
        long product = aProduct(Map.of());
        isRefused(404, product + "x1-999999999x1", null, "판매가 종료된 상품입니다", "Product no longer available");
    }

    @Test
    void whereNothingWasChosen() {
        Visit visit = Visit.asUser(port, user, "en");
        Reply page = visit.post(CHECKOUT, Map.of("items", "rice", "key", "empty"));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("Check your input").contains("Your cart is empty.");
        assertThat(visit.get(CHECKOUT).location()).endsWith("/shop/cart");
    }

    @Test
    void whereTheFormIsBroken() {
        long product = aProduct(Map.of());
        Visit visit = Visit.asUser(port, user, "en");
        assertThat(visit.post(CHECKOUT, Map.of("items", product + "x1")).status())
                .as("no key")
                .isEqualTo(400);
        Reply page = visit.post(CHECKOUT, Map.of("items", product + "x1", "key", "k".repeat(256)));
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.hiddenFields(CHECKOUT).get("key")).startsWith("page-");
        assertThat(visit.post(CHECKOUT, Map.of("key", "only")).status())
                .as("nothing else")
                .isEqualTo(400);
    }

    @Test
    void aCheckoutThatWouldBeRefusedSaysSoBefore() {
        long product = aProduct(Map.of("price", 60_000));
        Visit visit = Visit.asUser(port, user, "en");
        visit.post("/shop/cart", Map.of("productId", "" + product, "quantity", "1", "change", "BUY"));

        assertThat(visit.get(CHECKOUT).text())
                .contains("Balance too low")
                .contains("Shortfall ₩10,000")
                .contains("Top up");
    }
}
