package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A header with one value, sent twice: by a retry that adds to what is there, or by two layers of one client. */
@ServedShop
class RepeatedHeaderFilterTests {

    private static final String JSON = "application/json";

    /** Takes the request past the fast path. */
    private static final String NOT_PLAIN = "Accept: application/json, text/plain";

    private final Wire wire;
    private final Given given;

    RepeatedHeaderFilterTests(@LocalServerPort int port) {
        wire = new Wire(port);
        given = new Given(new Client(URI.create("http://127.0.0.1:" + port)));
    }

    private static String key(String value) {
        return "Idempotency-Key: " + value;
    }

    private static String anyKey() {
        return UUID.randomUUID().toString();
    }

    /** Every operation with a key, as target and body; {@code %d} is a user with money, then a product, a campaign. */
    static Stream<String> keyedOperations() {
        return Stream.of(
                "/orders {\"userId\":%1$d,\"items\":[{\"productId\":%2$d,\"quantity\":1}]}",
                "/coupons/issue {\"userId\":%1$d,\"campaignId\":%3$d}",
                "/balance/charge {\"userId\":%1$d,\"amount\":5}",
                "/orders/%4$s/cancel {}",
                "/admin/products {\"name\":\"twice\",\"price\":5,\"stock\":5}",
                "/admin/products/%2$d/stock {\"delta\":1,\"reason\":\"twice\"}",
                "/admin/campaigns {\"name\":\"twice\",\"discount\":{\"type\":\"FIXED\",\"value\":5},"
                        + "\"minOrderAmount\":0,\"totalQuantity\":5,\"startsAt\":\"2030-01-01T00:00:00Z\","
                        + "\"endsAt\":\"2030-02-01T00:00:00Z\",\"couponValidDays\":7}",
                "/admin/deliveries/replay {\"from\":\"2026-01-01T00:00:00Z\"}");
    }

    private String[] filled(String operation) {
        long user = given.aUserWithBalance(1_000);
        long product = given.aProduct().price(10).stock(5).onSale();
        String order = operation.contains("%4$s") ? orderOf(user, product) : "";
        return operation.formatted(user, product, given.aCampaign(5, 5), order).split(" ", 2);
    }

    private String orderOf(long user, long product) {
        String body = "{\"userId\":%d,\"items\":[{\"productId\":%d,\"quantity\":1}]}".formatted(user, product);
        return wire.post("/orders", JSON, body).json().path("orderId").asText();
    }

    @ParameterizedTest
    @MethodSource("keyedOperations")
    void isTheSameKeyAsOnce(String operation) {
        String[] call = filled(operation);
        for (String accept : new String[] {"Accept: */*", NOT_PLAIN}) {
            String key = anyKey();
            String[] fresh = filled(operation);
            Reply twice = wire.post(fresh[0], JSON, fresh[1], key(key), key(key), accept);
            Reply once = wire.post(fresh[0], JSON, fresh[1], key(key), accept);
            assertThat(twice.status()).as(twice.body()).isBetween(200, 299);
            assertThat(twice.headers()).doesNotContainKey("Idempotent-Replayed");
            assertThat(once.headers()).as(once.body()).containsEntry("Idempotent-Replayed", "true");
            assertThat(once.body()).isEqualTo(twice.body());
        }
        assertThat(call).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("keyedOperations")
    void isRefusedWhereTheKeysDiffer(String operation) {
        String[] call = filled(operation);
        for (String accept : new String[] {"Accept: */*", NOT_PLAIN}) {
            String key = anyKey();
            Reply different = wire.post(call[0], JSON, call[1], key(key), key(anyKey()), accept);
            assertThat(different.status()).isEqualTo(400);
            assertThat(different.errors()).isEqualTo(Map.of("/headers/Idempotency-Key", "must be given once"));
            Reply first = wire.post(call[0], JSON, call[1], key(key), accept);
            assertThat(first.headers()).doesNotContainKey("Idempotent-Replayed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: */*", NOT_PLAIN})
    void isNotAKeyWithAComma(String accept) {
        String[] call = filled("/orders {\"userId\":%1$d,\"items\":[{\"productId\":%2$d,\"quantity\":1}]}");
        String key = anyKey();
        Reply once = wire.post(call[0], JSON, call[1], key(key), accept);
        Reply comma = wire.post(call[0], JSON, call[1], key(key + "," + key), accept);
        Reply again = wire.post(call[0], JSON, call[1], key(key + "," + key), accept);
        assertThat(comma.status()).isEqualTo(201);
        assertThat(comma.json().path("orderId")).isNotEqualTo(once.json().path("orderId"));
        assertThat(again.body()).isEqualTo(comma.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization|Bearer a|Bearer b",
                "Content-Type|application/json|text/plain",
                "Origin|http://localhost|http://localhost:1",
                "X-CSRF-Token|a|b",
                "Last-Event-ID|1|2",
                "If-Modified-Since|Mon, 30 Nov 2026 00:00:00 GMT|Mon, 30 Nov 2026 00:00:01 GMT",
                "Range|bytes=0-1|bytes=0-2"
            })
    void isRefusedWhereItsValuesDiffer(String name, String one, String other) {
        String[] same = {name + ": " + one, name.toLowerCase(java.util.Locale.ROOT) + ": " + one};
        String[] different = {name + ": " + one, name + ": " + other};
        assertThat(wire.get("/products", same).status()).isEqualTo(200);
        Reply refused = wire.get("/products", different);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errors()).containsOnlyKeys("/headers/" + name);
    }

    @Test
    void isRefusedWhileItsBodyIsStillToCome() {
        String head = Wire.head(
                "POST", "/orders", "Content-Type: " + JSON, "Content-Length: 2", key("a"), key("b"), "X-Request-Id: r");
        byte[] request = (head + "{}").getBytes(StandardCharsets.UTF_8);
        assertThat(wire.exchange(request).errors()).containsOnlyKeys("/headers/Idempotency-Key");
    }

    @Test
    void isReadWholeWhereItIsAList() {
        assertThat(wire.get("/products", "Accept: text/plain", "Accept: application/json")
                        .status())
                .isEqualTo(200);
        assertThat(wire.get("/products", "Cookie: a=1", "Cookie: b=2").status()).isEqualTo(200);
        Reply korean = wire.get("/orders/none", "Accept-Language: xx", "Accept-Language: ko");
        assertThat(korean.headers()).containsEntry("Content-Language", "ko");
    }

    /** HAProxy's {@code unique-id-header} adds a line of its own to the client's. */
    @Test
    void namesTheRequestByItsFirst() {
        Reply named = wire.get("/products", "X-Request-Id: a", "X-Request-Id: b");
        assertThat(named.status()).isEqualTo(200);
        assertThat(named.headers()).containsEntry("X-Request-Id", "a");
    }

    @Test
    void isTheProxysBusinessOnlyWhereProxiesAreRead() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/products");
        request.addHeader("X-Forwarded-Proto", "https");
        request.addHeader("X-Forwarded-Proto", "http");
        MockHttpServletResponse ignored = new MockHttpServletResponse();
        new RepeatedHeaderFilter(false).doFilter(request, ignored, new MockFilterChain());
        assertThat(ignored.getStatus()).isEqualTo(200);
        MockHttpServletResponse refused = new MockHttpServletResponse();
        new RepeatedHeaderFilter(true).doFilter(request, refused, new MockFilterChain());
        assertThat(refused.getStatus()).isEqualTo(400);
    }

    @Test
    void reachesHandlersOnce() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/products");
        request.addHeader("Idempotency-Key", "a");
        request.addHeader("Idempotency-Key", "a");
        MockFilterChain chain = new MockFilterChain();
        new RepeatedHeaderFilter(false).doFilter(request, new MockHttpServletResponse(), chain);
        HttpServletRequest seen = (HttpServletRequest) chain.getRequest();
        assertThat(Collections.list(seen.getHeaders("idempotency-key"))).containsExactly("a");
    }
}
