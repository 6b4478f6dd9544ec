package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** From the cart to an order and back again, without a script. */
@ServedShop
class BuyingModuleTests {

    private static final String CHECKOUT = "/shop/checkout";

    private final int port;
    private final Client client;
    private final Given given;

    BuyingModuleTests(@LocalServerPort int port) {
        this.port = port;
        this.client = new Client(URI.create("http://127.0.0.1:" + port));
        this.given = new Given(client);
    }

    private Visit visit(long user) {
        return Visit.asUser(port, user, "en");
    }

    private static void put(Visit visit, long product, long pieces) {
        Reply answer =
                visit.post("/shop/cart", Map.of("productId", "" + product, "quantity", "" + pieces, "change", "ADD"));
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.location()).endsWith("/shop/cart");
    }

    private int orders(long user) {
        return client.all("/orders?userId=" + user).size();
    }

    /** A cart for 83,300 won, and the page of the checkout with a coupon of 5,000 won. */
    private Reply checkoutWithACoupon(Visit visit, long user) {
        long rice = given.aProduct().price(38_900).stock(10).onSale();
        long tea = given.aProduct().price(5_500).stock(10).onSale();
        long campaign = given.aCampaign(5_000, 100);
        put(visit, rice, 1);
        put(visit, rice, 1);
        put(visit, tea, 1);
        assertThat(visit.get("/shop/cart").text()).contains("Cart 2").contains("Total ₩83,300");
        Reply issued = visit.submit(visit.get("/shop/coupons/" + campaign), "/shop/coupons/" + campaign, Map.of());
        assertThat(visit.follow(issued).text()).contains("You got the coupon. 1st of 100");
        String coupon =
                client.all("/coupons?userId=" + user).get(0).get("couponId").textValue();

        assertThat(visit.get(CHECKOUT).text()).contains("Total ₩83,300").contains("Balance after payment ₩16,700");
        return visit.get(CHECKOUT + "?coupon=" + coupon);
    }

    @Test
    void leadsFromTheCartToAnOrderWithACouponAndBack() {
        long user = given.aUserWithBalance(100_000);
        Visit visit = visit(user);
        Reply checkout = checkoutWithACoupon(visit, user);
        assertThat(checkout.text())
                .contains("Coupon discount −₩5,000")
                .contains("Total ₩78,300")
                .contains("Balance after payment ₩21,700")
                .contains("Pay ₩78,300");

        Reply done = visit.submit(checkout, CHECKOUT, Map.of());
        assertThat(done.status()).isEqualTo(303);
        Reply order = visit.follow(done);
        assertThat(order.text())
                .contains("Thank you. Your order is paid.")
                .contains("Coupon discount −₩5,000")
                .contains("Paid ₩78,300")
                .doesNotContain("Cart 2");
        assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(21_700);

        String address = URI.create(done.location()).getPath();
        Reply cancelled = visit.submit(order, address, Map.of());
        assertThat(cancelled.status()).isEqualTo(303);
        assertThat(visit.follow(cancelled).text()).contains("Cancelled").contains("Refunded ₩78,300");
        assertThat(visit.get("/shop/balance").text())
                .contains("Balance ₩100,000")
                .contains("Refund +₩78,300");
        assertThat(visit.submit(order, address, Map.of()).status())
                .as("the same click again")
                .isEqualTo(303);
        assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(100_000);
        Reply again = visit.submit(order, address, Map.of("key", "another"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text()).contains("It was refunded once");
    }

    @Test
    void aSecondClickAndAReloadOrderNothingMore() {
        long product = given.aProduct().price(1_000).stock(100).onSale();
        long user = given.aUserWithBalance(100_000);
        Visit visit = visit(user);
        put(visit, product, 3);
        Map<String, String> form = Visit.filled(visit.get(CHECKOUT), CHECKOUT, Map.of());

        List<CompletableFuture<Reply>> clicks = IntStream.range(0, 6)
                .mapToObj(click -> visit.postAsync(CHECKOUT, form))
                .toList();
        List<String> leadTo = clicks.stream()
                .map(CompletableFuture::join)
                .map(shown -> URI.create(shown.location()).getPath())
                .distinct()
                .toList();
        Reply reload = visit.post(CHECKOUT, form);

        assertThat(leadTo).hasSize(1);
        assertThat(reload.location()).endsWith(leadTo.get(0) + "?placed=before");
        assertThat(visit.follow(reload).text()).contains("was not placed again");
        assertThat(orders(user)).isEqualTo(1);
        assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(97_000);
    }

    @Test
    void theFormIsSpentForAnythingElse() {
        long product = given.aProduct().price(1_000).stock(100).onSale();
        long user = given.aUserWithBalance(100_000);
        Visit visit = visit(user);
        put(visit, product, 1);
        Reply checkout = visit.get(CHECKOUT);
        visit.submit(checkout, CHECKOUT, Map.of());

        Reply other = visit.submit(checkout, CHECKOUT, Map.of("items", product + "x2"));

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text()).contains("This form was already submitted");
        assertThat(other.hiddenFields(CHECKOUT).get("key"))
                .isNotEqualTo(checkout.hiddenFields(CHECKOUT).get("key"));
        assertThat(orders(user)).isEqualTo(1);
    }

    @Test
    void whatTheCheckoutSaysIsWhatTheOrderCosts() {
        long campaign = client.must(Call.post(
                        "/admin/campaigns",
                        Map.of(
                                "name",
                                "A third off",
                                "discount",
                                Map.of("type", "PERCENT", "value", 33, "maxAmount", 4_321),
                                "minOrderAmount",
                                7_000,
                                "totalQuantity",
                                50,
                                "startsAt",
                                "2020-01-01T00:00:00Z",
                                "endsAt",
                                "2100-01-01T00:00:00Z",
                                "couponValidDays",
                                7)))
                .number("campaignId");
        for (long price : new long[] {7_000, 7_001, 12_999, 13_094, 13_100, 999_999}) {
            long product = given.aProduct().price(price).stock(1).onSale();
            long user = given.aUserWithBalance(1_000_000);
            String coupon = client.must(Call.issue(user, campaign)).text("couponId");
            Visit visit = visit(user);
            put(visit, product, 1);
            Reply checkout = visit.get(CHECKOUT + "?coupon=" + coupon);
            visit.submit(checkout, CHECKOUT, Map.of());

            var order = client.all("/orders?userId=" + user).get(0);
            long paid = order.get("paidAmount").longValue();
            assertThat(checkout.text())
                    .contains(String.format(
                            "Coupon discount −₩%,d", order.get("discountAmount").longValue()))
                    .contains(String.format("Total ₩%,d", paid))
                    .contains(String.format("Balance after payment ₩%,d", 1_000_000 - paid));
        }
    }
}
