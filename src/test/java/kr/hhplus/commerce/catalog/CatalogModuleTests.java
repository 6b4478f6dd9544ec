package kr.hhplus.commerce.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Products over HTTP: the operator's changes, the list and its search. */
@OnDatabase
@ServedShop
class CatalogModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    CatalogModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private Reply send(Call call) {
        return client.send(call);
    }

    private void refused(Call call, int status, String code) {
        Reply reply = send(call);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    private long balance(long user) {
        return client.must(Call.balance(user)).number("balance");
    }

    private static Call patch(long product, String field, Object value) {
        Map<String, Object> patch = new HashMap<>();
        patch.put(field, value);
        return new Call("PATCH", "/admin/products/" + product, patch, null);
    }

    @Test
    void changesWhatAPatchNamesAndRemovesWhatItNulls() {
        Map<String, Object> details = Map.of(
                "name",
                "Tea",
                "price",
                10,
                "stock",
                3,
                "description",
                "green",
                "purchaseLimit",
                2,
                "saleEndsAt",
                "2099-01-01T00:00:00Z");
        long product = client.must(Call.post("/admin/products", details)).number("productId");
        assertThat(client.must(patch(product, "price", 20)).number("price")).isEqualTo(20);
        JsonNode left = client.must(patch(product, "purchaseLimit", null)).json();
        assertThat(left.has("purchaseLimit")).isFalse();
        assertThat(left.get("description").textValue()).isEqualTo("green");
        assertThat(left.get("saleEndsAt").textValue()).isEqualTo("2099-01-01T00:00:00.000Z");
        refused(patch(product, "name", null), 400, "INVALID_REQUEST");
        refused(patch(product, "price", null), 400, "INVALID_REQUEST");
        refused(patch(product, "stock", 9), 400, "INVALID_REQUEST");
        refused(patch(product, "saleStartsAt", "2099-01-01T00:00:00Z"), 400, "INVALID_REQUEST");
        refused(patch(999_999, "price", 1), 404, "PRODUCT_NOT_FOUND");
        assertThat(client.must(Call.product(product)).json()).isEqualTo(left);
    }

    @Test
    void neverTakesOutMoreThanIsLeft() {
        long product = given.aProduct().stock(3).onSale();
        Reply reply = send(Call.changeStock(product, -4));
        assertThat(reply.code()).isEqualTo("INSUFFICIENT_STOCK");
        assertThat(reply.number("available")).isEqualTo(3);
        assertThat(reply.number("required")).isEqualTo(4);
        assertThat(client.must(Call.changeStock(product, -3)).number("stock")).isZero();
        Call putIn = Call.changeStock(product, 2).withKey("put-in-" + product);
        client.must(putIn);
        assertThat(client.must(putIn).replayed()).isTrue();
        assertThat(client.must(Call.product(product)).number("stock")).isEqualTo(2);
        refused(Call.changeStock(product, 0), 400, "INVALID_REQUEST");
        refused(Call.changeStock(999_999, 1), 404, "PRODUCT_NOT_FOUND");
    }

    @Test
    void isFoundByItsWordsInAnyOrderCaseAndForm() {
        String name = "제주 감귤 Fresh " + given.aUser();
        String mark = name.substring(name.lastIndexOf(' ') + 1);
        client.must(Call.createProduct(name, 1, 1));
        for (String words : List.of(
                mark,
                "FRESH " + mark,
                mark + " 감귤 제주",
                Normalizer.normalize("감귤 fresh " + mark, Normalizer.Form.NFD))) {
            Awaitility.await().until(() -> found(words).size() == 1);
        }
        assertThat(found("감자 " + mark)).isEmpty();
    }

    private List<JsonNode> found(String words) {
        return client.all("/products?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
    }

    @Test
    void listsANewStockSoon() {
        String name = "Listed " + given.aUser();
        long product = client.must(Call.createProduct(name, 1, 1)).number("productId");
        client.must(Call.changeStock(product, 6));
        Awaitility.await().untilAsserted(() -> assertThat(found(name))
                .extracting(item -> item.get("stock").longValue())
                .containsExactly(7L));
    }

    @Test
    void refusesACursorOfAnotherOrder() {
        given.aProduct().onSale();
        given.aProduct().onSale();
        Awaitility.await().until(() -> client.all("/products").size() >= 2);
        String byName = client.must(Call.get("/products?sort=name&size=1")).text("nextCursor");
        client.must(Call.get("/products?sort=name&size=2&cursor=" + byName));
        refused(Call.get("/products?sort=-name&size=1&cursor=" + byName), 400, "INVALID_CURSOR");
        refused(Call.get("/products?sort=price&cursor=" + byName), 400, "INVALID_CURSOR");
        refused(Call.get("/products?sort=newest&cursor=" + byName), 400, "INVALID_CURSOR");
        refused(Call.get("/products?cursor=abc"), 400, "INVALID_CURSOR");
        refused(Call.get("/products?sort=best"), 400, "INVALID_REQUEST");
    }
}
