package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A buyer with too low a balance holds the last pieces, tops up, comes back and pays. */
@ServedShop
class HoldingItemsModuleTests {

    private static final String RESERVATIONS = "/shop/reservations";

    private final int port;
    private final Client client;
    private final Given given;
    private Visit visit;
    private long user;
    private long product;

    HoldingItemsModuleTests(@LocalServerPort int port) {
        this.port = port;
        this.client = new Client(URI.create("http://127.0.0.1:" + port));
        this.given = new Given(client);
    }

    @BeforeEach
    void aBuyerAtTheCheckout() {
        user = given.aUser();
        product = given.aProduct().price(1_000).stock(2).onSale();
        visit = Visit.asUser(port, user, "en").having("cart", product + "x2");
    }

    private long stock() {
        return client.must(Call.product(product)).number("stock");
    }

    /** @return the address of the page of what is held */
    private String hold() {
        Reply held = visit.submit(visit.get("/shop/checkout"), RESERVATIONS, Map.of());
        assertThat(held.status()).as(held.toString()).isEqualTo(303);
        assertThat(held.location()).startsWith(RESERVATIONS + "/");
        return held.location();
    }

    @Test
    void keepsThemWhileTheBuyerTopsUp() {
        String held = hold();
        assertThat(stock()).isZero();
        Reply page = visit.get(held);
        assertThat(page.text()).contains("on hold for you until").contains("Shortfall ₩2,000");
        assertThat(page.tag("role=\"timer\"")).contains("data-opens");
        Reply refused = visit.submit(page, held, Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("Balance too low").contains("on hold for you until");

        client.must(Call.charge(user, 5_000));
        Reply balance = visit.get("/shop/balance");
        assertThat(balance.body()).contains("href=\"" + held + "\"");
        Reply paid = visit.submit(visit.get(held), held, Map.of());
        assertThat(paid.location()).startsWith("/shop/orders/").endsWith("?placed=now");
        assertThat(paid.headers().get("Set-Cookie")).contains("cart=;");
        assertThat(visit.get(held).text()).contains("You have paid for these items");
        assertThat(visit.get("/shop/balance").body()).doesNotContain(held);
        assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(3_000);
    }

    @Test
    void givesThemBack() {
        String held = hold();
        assertThat(visit.submit(visit.get(held), held + "/release", Map.of()).location())
                .isEqualTo("/shop/cart");
        assertThat(stock()).isEqualTo(2);
        assertThat(visit.get(held).text()).contains("put these items back on sale");
    }

    @Test
    void saysWhyItCannot() {
        Reply checkout = visit.get("/shop/checkout");
        client.must(Call.hold(given.aUser(), Call.line(product, 1)));
        Reply refused = visit.submit(checkout, RESERVATIONS, Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("Not enough stock").contains("Go to checkout");
        assertThat(stock()).isEqualTo(1);
    }

    @Test
    void isNotOfferedToABuyerWhoCanPay() {
        client.must(Call.charge(user, 5_000));
        assertThat(visit.get("/shop/checkout").body()).doesNotContain("action=\"" + RESERVATIONS + "\"");
    }
}
