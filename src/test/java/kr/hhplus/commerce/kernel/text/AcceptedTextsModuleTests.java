package kr.hhplus.commerce.kernel.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Whatever text input accepts can be stored, read, given again under its key, and shown: in answers, lists, events, the
 * audit log and on pages. {@code -Dtexts.rounds} says how many texts of each kind.
 */
@OnDatabase
@ServedShop
class AcceptedTextsModuleTests {

    /** Whom pages take an anonymous visitor for. */
    private static final long VISITOR = 1;

    private static final int ROUNDS = Integer.getInteger("texts.rounds", 12);

    private final Client client;
    private final Visit browser;
    private int accepted;
    private int refused;

    AcceptedTextsModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        browser = new Visit(port, "en");
    }

    @ParameterizedTest
    @ValueSource(longs = {20_261_130L, 7L})
    void canBeStoredReadReplayedAndShown(long seed) {
        StrangeTexts texts = new StrangeTexts(new Random(seed));
        long user = VISITOR;
        client.must(Call.charge(user, 10_000));
        for (int i = 0; i < ROUNDS; i++) {
            products(texts, user);
            campaigns(texts, user);
            pause(texts, user);
        }
        assertThat(accepted)
                .as("texts that input accepts, beside %d refused ones", refused)
                .isGreaterThan(ROUNDS * 5);
    }

    /** The answer, which has to come again under the same key, or null where the text is refused. */
    private JsonNode twice(String path, Object body, StrangeTexts texts) {
        Call call = Call.post(path, body).withKey(texts.key());
        Reply first = send(call);
        if (first == null) {
            return null;
        }
        Reply again = client.must(call);
        assertThat(again.replayed()).as(call.toString()).isTrue();
        assertThat(again.json()).isEqualTo(first.json());
        return first.json();
    }

    /** Null where it is refused, as no text may be that fits. */
    private Reply send(Call call) {
        Reply reply = client.send(call);
        if (reply.done()) {
            accepted++;
            return reply.checkedAgainst(call);
        }
        refused++;
        assertThat(reply.status()).as("%s → %s", call, reply).isEqualTo(400);
        return null;
    }

    private void products(StrangeTexts texts, long user) {
        String name = texts.line(100);
        String description = texts.lines(2000);
        JsonNode product = twice(
                "/admin/products", Map.of("name", name, "price", 1, "stock", 100, "description", description), texts);
        if (product == null) {
            return;
        }
        long id = product.get("productId").asLong();
        assertThat(client.must(Call.product(id)).text("name")).isEqualTo(name);
        assertThat(client.must(Call.product(id)).text("description")).isEqualTo(description);
        assertInTrail("product " + id, name, description);
        String reason = texts.line(200);
        if (twice("/admin/products/" + id + "/stock", Map.of("delta", 1, "reason", reason), texts) != null) {
            assertInTrail("product " + id, reason);
        }
        JsonNode order = twice(
                "/orders", Map.of("userId", user, "items", List.of(Map.of("productId", id, "quantity", 1))), texts);
        assertThat(order.at("/items/0/name").asText()).isEqualTo(name);
        String orderId = order.get("orderId").asText();
        assertThat(client.must(Call.get("/orders/" + orderId))
                        .json()
                        .at("/items/0/name")
                        .asText())
                .isEqualTo(name);
        assertThat(client.must(Call.get("/orders?userId=" + user + "&size=1")).body())
                .contains(orderId);
        for (String page : List.of("/shop/products/" + id, "/shop/orders/" + orderId, "/console/products/" + id)) {
            assertShown(page, name);
        }
        String newName = texts.line(100);
        String newDescription = texts.lines(2000);
        Map<String, Object> patch = Map.of("name", newName, "description", newDescription);
        if (send(new Call("PATCH", "/admin/products/" + id, patch, null)) != null) {
            assertInTrail("product " + id, newName, newDescription);
            assertShown("/console/products/" + id, newName);
        }
        twice("/orders/" + orderId + "/cancel", null, texts);
        assertThat(client.must(Call.get("/products?sort=name&size=100")).status())
                .isEqualTo(200);
    }

    private void campaigns(StrangeTexts texts, long user) {
        String name = texts.line(100);
        Map<String, Object> details = new TreeMap<>(Map.of(
                "name",
                name,
                "discount",
                Map.of("type", "FIXED", "value", 1),
                "minOrderAmount",
                0,
                "totalQuantity",
                10,
                "startsAt",
                Instant.now().minusSeconds(60).toString(),
                "endsAt",
                Instant.now().plusSeconds(3600).toString(),
                "couponValidDays",
                7));
        JsonNode campaign = twice("/admin/campaigns", details, texts);
        if (campaign == null) {
            return;
        }
        long id = campaign.get("campaignId").asLong();
        assertInTrail("campaign " + id, name);
        JsonNode coupon = twice("/coupons/issue", Map.of("userId", user, "campaignId", id), texts);
        assertThat(coupon.get("name").asText()).isEqualTo(name);
        assertThat(client.must(Call.get("/coupons?userId=" + user + "&size=1"))
                        .json()
                        .at("/items/0/name")
                        .asText())
                .isEqualTo(name);
        assertShown("/console/campaigns/" + id, name);
        assertShown("/shop/coupons/" + id, name);
        String newName = texts.line(100);
        if (send(new Call("PATCH", "/admin/campaigns/" + id, Map.of("name", newName), null)) != null) {
            assertInTrail("campaign " + id, newName);
            assertThat(client.must(Call.get("/campaigns?size=100")).status()).isEqualTo(200);
        }
    }

    private void pause(StrangeTexts texts, long user) {
        String message = texts.line(200);
        if (send(new Call("PUT", "/admin/sale", Map.of("paused", true, "message", message), null)) != null) {
            String kept =
                    client.must(Call.get("/admin/sale")).json().path("message").asText("");
            assertThat(kept).isEqualTo(TextRules.isBlank(message) ? "" : message);
            Call order = Call.order(user, Call.line(1, 1));
            Reply paused = client.send(order).checkedAgainst(order);
            assertThat(paused.code()).isEqualTo("SALE_PAUSED");
            assertThat(paused.json().path("message").asText("")).isEqualTo(kept);
            if (!kept.isEmpty()) {
                assertThat(paused.text("detail")).isEqualTo(kept);
                assertInTrail("sale", kept);
            }
            assertShown("/", kept);
            assertShown("/console/sale", kept);
        }
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", false), null));
    }

    /** The entries can be read, by the API and on the page, and the newest ones have these texts as they came. */
    private void assertInTrail(String what, String... texts) {
        List<String> values = new ArrayList<>();
        Call call = Call.get("/admin/trail?size=20");
        client.must(call).checkedAgainst(call).json().get("items").forEach(entry -> {
            if (entry.get("what").asText().equals(what)) {
                entry.get("facts").forEach(fact -> values.add(fact.path("value").asText("")));
            }
        });
        assertThat(values).containsAll(List.of(texts));
        assertShown("/console/audit-log", what);
    }

    private void assertShown(String path, String text) {
        Reply page = browser.get(path);
        assertThat(page.status()).as(path + " with " + text).isEqualTo(200);
        assertThat(page.body()).contains(escaped(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
