package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What goes into a cart, and what does not. */
@ServedShop
class CartModuleTests {

    private final int port;
    private final Given given;
    private Visit visit;
    private long product;

    CartModuleTests(@LocalServerPort int port) {
        this.port = port;
        this.given = new Given(new Client(URI.create("http://127.0.0.1:" + port)));
    }

    @BeforeEach
    void aBuyer() {
        visit = Visit.asUser(port, given.aUser(), "en");
        product = given.aProduct().stock(3).onSale();
    }

    private Reply change(long id, String quantity, String change) {
        return visit.post("/shop/cart", Map.of("productId", "" + id, "quantity", quantity, "change", change));
    }

    @Test
    void addsUpChangesAndTakesOut() {
        change(product, "2", "ADD");
        change(product, "1", "ADD");
        assertThat(visit.get("/shop/cart").text()).contains("Total ₩3,000");
        assertThat(visit.get("/shop/cart").tag("id=\"quantity-" + product + "\""))
                .contains("value=\"3\"");

        change(product, "1", "SET");
        assertThat(visit.get("/shop/cart").text()).contains("Total ₩1,000");

        change(product, "0", "SET");
        assertThat(visit.get("/shop/cart").text()).contains("Your cart is empty.");
    }

    @Test
    void buyingAtOnceTakesThatManyAndGoesToTheCheckout() {
        change(product, "2", "ADD");
        assertThat(change(product, "1", "BUY").location()).endsWith("/shop/checkout");
        assertThat(visit.get("/shop/checkout").text()).contains("Total ₩1,000");
    }

    @Test
    void saysWhereFewerAreLeft() {
        change(product, "4", "ADD");
        assertThat(visit.get("/shop/cart").text()).contains("Only 3 left. Please reduce the quantity.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "10001", "two", "1.5", "", "99999999999999999999"})
    void takesNoQuantityThatIsNone(String quantity) {
        Reply page = change(product, quantity, "ADD");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.type()).startsWith("text/html");
        assertThat(visit.get("/shop/cart").text()).contains("Your cart is empty.");
    }

    @Test
    void takesNothingThatDoesNotExist() {
        assertThat(change(999_999_999, "1", "ADD").status()).isEqualTo(404);
        assertThat(change(product, "1", "STEAL").status()).isEqualTo(400);
    }

    @Test
    void isFullAtTheConfiguredNumberOfProducts() {
        for (int i = 0; i < 30; i++) {
            assertThat(change(given.aProduct().onSale(), "1", "ADD").status()).isEqualTo(303);
        }
        Reply page = change(product, "1", "ADD");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("A cart holds at most 30 different products.");
        assertThat(visit.get("/shop/cart").text()).contains("Total ₩30,000");
        assertThat(visit.get("/shop/checkout").text()).contains("Total ₩30,000");
    }
}
