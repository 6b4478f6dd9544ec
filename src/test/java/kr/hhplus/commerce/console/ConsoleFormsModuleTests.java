package kr.hhplus.commerce.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An operator at work with forms, without scripts: each does what the API does, once, and says what is wrong. */
@ServedShop
class ConsoleFormsModuleTests {

    private final Client client;
    private final Given given;
    private final Visit operator;
    private final Visit korean;

    ConsoleFormsModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
        operator = new Visit(port, "en");
        korean = new Visit(port, "ko");
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> changed = new HashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    private Reply product(long id) {
        return client.must(Call.product(id));
    }

    @AfterEach
    void sell() {
        operator.post("/console/sale", Map.of("paused", "false"));
    }

    @Test
    void pausesTheSaleAfterOneMoreQuestion() {
        long product = given.aProduct().onSale();
        long user = given.aUserWithBalance(10_000);
        Reply question = operator.get("/console/sale?paused=true&message=Back+at+noon");
        assertThat(question.body()).contains("Pause the sale?", "value=\"Back at noon\"", "Top-ups, cancellations");
        assertThat(client.send(Call.order(user, Call.line(product, 1))).done()).isTrue();
        Reply done = operator.post("/console/sale", Map.of("paused", "true", "message", "Back at noon"));
        assertThat(done.status()).isEqualTo(303);
        assertThat(done.location()).isEqualTo("/console?done=paused");
        Reply refused = client.send(Call.order(user, Call.line(product, 1)));
        assertThat(refused.code()).isEqualTo("SALE_PAUSED");
        assertThat(refused.text("message")).isEqualTo("Back at noon");
        assertThat(operator.get("/console").body()).contains("Paused", "Back at noon", "Resume the sale");
        assertThat(operator.get("/console/audit-log?kind=SALE_SWITCHED").body())
                .contains("sale paused or resumed", "Back at noon");
        assertThat(operator.post("/console/sale", Map.of("paused", "false")).location())
                .isEqualTo("/console?done=resumed");
        assertThat(client.send(Call.order(user, Call.line(product, 1))).done()).isTrue();
    }

    @Test
    void asksForShorterWordsAndKeepsThem() {
        String tooLong = "x".repeat(201);
        Reply refused = operator.post("/console/sale", Map.of("paused", "true", "message", tooLong));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("must have a length from 0 to 200", tooLong);
        assertThat(client.must(Call.get("/admin/sale")).json().get("paused").booleanValue())
                .isFalse();
    }

    @Test
    void createsACampaignOnceHoweverOftenTheFormIsSent() {
        Reply blank = operator.get("/console/campaigns/new");
        Map<String, String> typed = Map.of(
                "key", blank.key(),
                "name", "Evening & night",
                "discount.type", "PERCENT",
                "discount.value", "10",
                "discount.maxAmount", "5,000",
                "minOrderAmount", "0",
                "totalQuantity", "1,000",
                "couponValidDays", "7",
                "startsAt", "2031-05-01T20:00",
                "endsAt", "2031-05-01T21:00:30");
        Reply created = operator.post("/console/campaigns", typed);
        assertThat(created.status()).isEqualTo(303);
        assertThat(operator.post("/console/campaigns", typed).location()).isEqualTo(created.location());
        Reply campaign = operator.get(created.location());
        assertThat(campaign.body()).contains("Evening &amp; night", "10%", "1,000", "2031-05-01T20:00:00", "Created.");
        assertThat(client.all("/campaigns").stream()
                        .filter(one -> one.get("name").asText().equals("Evening & night"))
                        .map(one -> one.get("startsAt").asText()))
                .containsExactly("2031-05-01T11:00:00.000Z");
    }

    @Test
    void saysAtEachFieldWhatIsWrongAndKeepsWhatWasTyped() {
        Reply blank = operator.get("/console/campaigns/new");
        Map<String, String> typed = Map.of(
                "key", blank.key(),
                "name", "<b>Typed",
                "discount.type", "PERCENT",
                "discount.value", "120",
                "minOrderAmount", "0",
                "totalQuantity", "10",
                "couponValidDays", "7",
                "startsAt", "2031-05-01T20:00",
                "endsAt", "2031-05-01T21:00");
        Reply refused = operator.post("/console/campaigns", typed);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body())
                .contains("value=\"&lt;b&gt;Typed\"", "value=\"120\"", "must be at most 100", blank.key())
                .containsPattern("id=\"discount.value\"[^>]*aria-invalid=\"true\"");
        Reply unread =
                operator.post("/console/campaigns", with(with(typed, "totalQuantity", "many"), "endsAt", "soon"));
        assertThat(unread.body())
                .contains("must be a whole number", "must be a date and a time", "value=\"many\"", "value=\"soon\"")
                .contains("value=\"2031-05-01T20:00\"");
        assertThat(korean.post("/console/campaigns", with(typed, "name", "")).body())
                .contains("비어 있을 수 없습니다");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x10", "+5", "1,2", "\u0663", "1e3", "5.0", "99999999999999999999"})
    void acceptsOnlyPlainWholeNumbers(String typed) {
        Reply refused = operator.post("/console/products", Map.of("name", "Typed", "price", typed, "stock", "1"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("must be a whole number", "value=\"" + typed + "\"");
    }

    @Test
    void opensPausesAndEnlargesACampaign() {
        long campaign = given.aCampaign(100, 1);
        String path = "/console/campaigns/" + campaign;
        client.must(Call.issue(given.aUser(), campaign));
        assertThat(client.send(Call.issue(given.aUser(), campaign)).code()).isEqualTo("COUPON_SOLD_OUT");
        assertThat(operator.get(path).body()).contains("sold out");
        Map<String, String> more = Map.of("totalQuantity", "3", "was.totalQuantity", "1");
        assertThat(operator.post(path, more).location()).isEqualTo(path + "?done=changed");
        client.must(Call.issue(given.aUser(), campaign));
        operator.post(path, Map.of("action", "PAUSE"));
        assertThat(client.send(Call.issue(given.aUser(), campaign)).code()).isEqualTo("CAMPAIGN_NOT_OPEN");
        operator.post(path, Map.of("action", "RESUME"));
        client.must(Call.issue(given.aUser(), campaign));
        Reply refused = operator.post(path, Map.of("totalQuantity", "2", "was.totalQuantity", "3"));
        assertThat(refused.body()).contains("must be at least the 3 coupons already issued", "value=\"2\"");
        assertThat(operator.get("/console/campaigns").body()).contains(path, "3 / 3");
        assertThat(operator.get("/console/campaigns/987654321").status()).isEqualTo(404);
    }

    @Test
    void leavesAloneWhatSomebodyElseHasChangedMeanwhile() {
        long product = given.aProduct().price(1_000).stock(5).onSale();
        String name = product(product).text("name");
        client.must(Call.changePrice(product, 2_000));
        Map<String, String> typed = new HashMap<>(Map.of("price", "1000", "was.price", "1000"));
        typed.putAll(Map.of("name", name + "!", "was.name", name, "description", "New", "was.description", ""));
        assertThat(operator.post("/console/products/" + product, typed).status())
                .isEqualTo(303);
        assertThat(product(product).number("price")).isEqualTo(2_000);
        assertThat(product(product).text("name")).isEqualTo(name + "!");
        assertThat(product(product).text("description")).isEqualTo("New");
        operator.post("/console/products/" + product, Map.of("description", "", "was.description", "New"));
        assertThat(product(product).json().has("description")).isFalse();
    }

    @Test
    void createsAndRestocksAProductOnce() {
        Map<String, String> typed = Map.of(
                "key", operator.get("/console/products/new").key(), "name", "Typed", "price", "9,900", "stock", "3");
        Reply created = operator.post("/console/products", typed);
        String path = created.location().replace("?done=created", "");
        assertThat(operator.post("/console/products", typed).location()).isEqualTo(created.location());
        Map<String, String> more = Map.of("key", operator.get(path).key(), "delta", "10", "reason", "a late delivery");
        assertThat(operator.post(path + "/stock", more).location()).isEqualTo(path + "?done=restocked");
        operator.post(path + "/stock", more);
        long id = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
        assertThat(product(id).number("stock")).isEqualTo(13);
        Reply refused = operator.post(path + "/stock", with(with(more, "delta", "-14"), "key", "other"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("value=\"-14\"", "a late delivery");
        assertThat(operator.get("/console/audit-log?kind=STOCK_ADJUSTED").body())
                .contains("a late delivery", "local");
    }

    @Test
    void refundsPiecesOfAnOrder() {
        long product = given.aProduct().price(500).stock(4).onSale();
        long user = given.aUserWithBalance(2_000);
        String order = client.must(Call.order(user, Call.line(product, 3))).text("orderId");
        client.must(Call.fulfil(order));
        String path = "/console/orders/" + order;
        String pieces = "quantity-" + product;
        Map<String, String> form =
                Map.of("key", operator.get(path).key(), pieces, "1", "reason", "came broken", "writeOff", "true");
        assertThat(operator.post(path + "/refunds", form).location()).isEqualTo(path + "?done=refunded");
        assertThat(operator.post(path + "/refunds", form).status()).isEqualTo(303);
        assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(1_000);
        assertThat(product(product).number("stock")).isEqualTo(1);
        assertThat(operator.get(path).text()).contains("refunded in part", "came broken", "written off");
        assertThat(operator.get("/console/audit-log?kind=ORDER_REFUNDED").text())
                .contains("pieces of an order refunded", "order " + order, "came broken");
        Reply tooMany = operator.post(path + "/refunds", Map.of("key", "another", pieces, "3"));
        assertThat(tooMany.status()).isEqualTo(409);
        assertThat(operator.post(path + "/refunds", Map.of("key", "another", pieces, "x"))
                        .status())
                .isEqualTo(400);
        Map<String, String> rest = Map.of("key", "rest", pieces, "2");
        assertThat(operator.post(path + "/refunds", rest).status()).isEqualTo(303);
        assertThat(product(product).number("stock")).isEqualTo(3);
        assertThat(operator.get(path).text()).doesNotContain("Refund pieces…", "Cancel this order…");
    }

    @Test
    void findsAnOrderAndCancelsIt() {
        long product = given.aProduct().price(500).stock(4).onSale();
        long user = given.aUserWithBalance(1_000);
        String order = client.must(Call.order(user, Call.line(product, 2))).text("orderId");
        assertThat(operator.get("/console/orders?user=" + user).body()).contains(order, "paid");
        assertThat(operator.get("/console/orders?order=" + order).location()).isEqualTo("/console/orders/" + order);
        assertThat(operator.get("/console/orders?user=" + user + "&status=CANCELLED")
                        .body())
                .contains("No matching orders.");
        String path = "/console/orders/" + order;
        Map<String, String> form = Map.of("key", operator.get(path).key());
        assertThat(operator.post(path + "/cancel", form).location()).isEqualTo(path + "?done=cancelled");
        assertThat(operator.post(path + "/cancel", form).status()).isEqualTo(303);
        assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(1_000);
        assertThat(product(product).number("stock")).isEqualTo(4);
        Reply again = operator.post(path + "/cancel", Map.of("key", "another"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(operator.get("/console/orders/0000000000000").status()).isEqualTo(404);
    }
}
