package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the shop shows to somebody who only looks. */
@ServedShop
class BrowsingModuleTests {

    private static final String NASTY = "<script>alert('1')</script> \"&quot; {0}";

    /** Where names stand that other tests have given. */
    private static final List<String> LISTS_OF_EVERYBODYS = List.of("/", "/shop/coupons");

    private final int port;
    private final Client client;
    private final Given given;

    BrowsingModuleTests(@LocalServerPort int port) {
        this.port = port;
        this.client = new Client(URI.create("http://127.0.0.1:" + port));
        this.given = new Given(client);
    }

    @AfterEach
    void goOn() {
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", false), null));
    }

    private Visit visit(String language) {
        return Visit.asUser(port, given.aUser(), language);
    }

    private long aProductCalled(String name, long stock) {
        return client.must(Call.createProduct(name, 38_900, stock)).number("productId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ko", "en"})
    void everyPageIsWrittenInTheChosenLanguageAlone(String language) {
        long product = given.aProduct().onSale();
        long campaign = given.aCampaign(500, 3);
        long user = given.aUserWithBalance(100_000);
        client.must(Call.issue(user, campaign));
        String order = client.must(Call.order(user, Call.line(product, 1))).text("orderId");
        Visit visit = Visit.asUser(port, user, language);
        visit.post("/shop/cart", Map.of("productId", "" + product, "quantity", "2", "change", "ADD"));
        List<String> addresses = List.of(
                "/",
                "/?q=nothing+is+called+so",
                "/shop/products/" + product,
                "/shop/coupons",
                "/shop/coupons/" + campaign,
                "/shop/cart",
                "/shop/checkout",
                "/shop/orders",
                "/shop/orders/" + order,
                "/shop/balance",
                "/shop/nowhere");
        for (String address : addresses) {
            Reply page = visit.get(address);
            assertThat(page.status()).as(address).isEqualTo(address.endsWith("nowhere") ? 404 : 200);
            assertThat(page.body())
                    .as(address)
                    .contains("<html lang=\"" + language + "\"")
                    .doesNotContain("??")
                    .doesNotContain(" style=");
            String text = page.text().replace("한국어", "");
            if (language.equals("ko")) {
                assertThat(text).as(address).containsPattern("[가-힣]").doesNotContain(" Cart ", " Balance ", " left ");
            } else if (!LISTS_OF_EVERYBODYS.contains(address)) {
                assertThat(text).as(address).doesNotContainPattern("[가-힣]");
            }
        }
    }

    @Test
    void showsWhatIsLeftOfEachProduct() {
        long some = aProductCalled("Left over rice", 7);
        long none = aProductCalled("Vanished rice", 0);

        Visit visit = visit("en");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Reply page = visit.get("/?q=rice");
            assertThat(page.text())
                    .contains("Left over rice ₩38,900 7 left")
                    .contains("Vanished rice ₩38,900 Sold out");
            assertThat(page.body()).contains("data-stock=\"" + some + "\"").contains("data-stock=\"" + none + "\"");
        });
    }

    @Test
    void saysSoWhereNothingIsFound() {
        assertThat(visit("en").get("/?q=unobtainium").text()).contains("No matching products.");
    }

    @Test
    void writesNamesAsTextAndNeverAsMarkup() {
        long product = aProductCalled(NASTY, 5);
        long user = given.aUserWithBalance(1_000_000);
        String order = client.must(Call.order(user, Call.line(product, 1))).text("orderId");
        Visit visit = Visit.asUser(port, user, "en");
        visit.post("/shop/cart", Map.of("productId", "" + product, "quantity", "2", "change", "ADD"));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> visit.get("/").body().contains("/shop/products/" + product + "\""));
        for (String address : List.of(
                "/",
                "/shop/products/" + product,
                "/shop/cart",
                "/shop/checkout",
                "/shop/orders",
                "/shop/orders/" + order)) {
            Reply page = visit.get(address);
            assertThat(page.body()).as(address).doesNotContain("<script>alert").contains("&lt;script&gt;alert(");
        }
        Reply refused = visit.submit(visit.get("/shop/checkout"), "/shop/checkout", Map.of("items", product + "x6"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).doesNotContain("<script>alert").contains("{0}");
        assertThat(visit.get("/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E").body()).doesNotContain("<script>alert");
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/products/999999999, 404",
        "/shop/products/rice, 400",
        "/shop/products/0, 400",
        "/shop/coupons/999999999, 404",
        "/shop/coupons/none, 400",
        "/shop/orders/nobodys, 404",
        "/shop/orders?cursor=$, 400",
        "/shop/balance?cursor=$, 400",
        "/shop/coupons?cursor=$, 400",
        "/?cursor=$, 400",
        "/shop, 404",
        "/shop/cart/add, 404",
        "/console/nothing, 404"
    })
    void tellsOnAPageWhatCannotBeShown(String address, int status) {
        for (String language : List.of("ko", "en")) {
            Reply page = visit(language).get(address.replace("$", "%24"));
            assertThat(page.status()).isEqualTo(status);
            assertThat(page.type()).startsWith("text/html");
            assertThat(page.body()).contains("<html lang=\"" + language + "\"").contains("class=\"body stop\"");
        }
    }

    @Test
    void showsNobodyElsesOrders() {
        long product = given.aProduct().onSale();
        long owner = given.aUserWithBalance(1_000);
        String order = client.must(Call.order(owner, Call.line(product, 1))).text("orderId");

        assertThat(Visit.asUser(port, owner, "en").get("/shop/orders/" + order).status())
                .isEqualTo(200);
        assertThat(visit("en").get("/shop/orders/" + order).status()).isEqualTo(404);
        assertThat(visit("en").get("/shop/orders").text()).contains("No orders yet.");
    }

    @Test
    void offersNothingThatCannotBeBought() {
        long gone = given.aProduct().stock(0).onSale();
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        long soon = client.must(Call.post(
                        "/admin/products",
                        Map.of("name", "Soon", "price", 1, "stock", 1, "saleStartsAt", tomorrow.toString())))
                .number("productId");
        long over = client.must(Call.post(
                        "/admin/products",
                        Map.of("name", "Over", "price", 1, "stock", 1, "saleEndsAt", "2020-01-01T00:00:00Z")))
                .number("productId");
        Visit visit = visit("en");

        for (long product : List.of(gone, soon, over)) {
            assertThat(visit.get("/shop/products/" + product).tag("value=\"BUY\""))
                    .contains(" disabled");
        }
        assertThat(visit.get("/shop/products/" + soon).tag("value=\"BUY\""))
                .contains("data-open-at=\"" + tomorrow.toEpochMilli() + "\"");
        long there = given.aProduct().onSale();
        assertThat(visit.get("/shop/products/" + there).tag("value=\"BUY\"")).doesNotContain(" disabled");
    }

    @Test
    void aPausedSaleIsSaidOnEveryPageInTheOperatorsWords() {
        long product = given.aProduct().onSale();
        Visit visit = visit("en");
        assertThat(visit.get("/").tag("id=\"sale\"")).contains(" hidden");

        client.must(new Call("PUT", "/admin/sale", Map.of("paused", true, "message", "Don't <b>go</b>"), null));

        Reply page = visit.get("/shop/products/" + product);
        assertThat(page.tag("id=\"sale\"")).doesNotContain(" hidden");
        assertThat(page.text()).contains("The sale is paused. Don't <b>go</b>");
        assertThat(page.tag("value=\"BUY\"")).contains(" disabled");
    }

    @Test
    void bestSellersAreBarsAgainstTheFirstOfThem() {
        long first = given.aProduct().price(1).onSale();
        long user = given.aUserWithBalance(1_000_000);
        client.must(Call.order(user, Call.line(first, 9_000)));
        Visit visit = visit("en");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Reply page = visit.get("/");
            assertThat(page.text()).contains("9,000 sold");
            assertThat(page.tag("<meter ")).contains("max=\"9000\"").contains("value=\"9000\"");
        });
    }
}
