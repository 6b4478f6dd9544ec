package kr.hhplus.commerce.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Nobody can tell by an answer which way a request went; an unusual {@code Accept} sends one through Spring MVC. */
@ServedShop
class FastPathModuleTests {

    private static final String PLAIN = "application/json";
    private static final String THROUGH_MVC = "application/json, text/html;q=0.1";

    private final Wire wire;
    private final Given given;

    FastPathModuleTests(@LocalServerPort int port) {
        wire = new Wire(port);
        given = new Given(new Client(URI.create("http://127.0.0.1:" + port)));
    }

    private Reply post(String path, String body, String accept, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Accept: " + accept;
        return wire.post(path, PLAIN, body, all);
    }

    /** What must be the same: everything but the names of this request, and of what it made. */
    private static Map<String, String> comparable(Reply reply) {
        Map<String, String> told = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        told.putAll(reply.headers());
        told.keySet().removeAll(java.util.Set.of("Date", "X-Request-Id"));
        told.computeIfPresent("Location", (name, value) -> value.replaceAll("[^/]+$", "…"));
        told.put("status", String.valueOf(reply.status()));
        told.put(
                "body",
                reply.body()
                        .replaceAll("\"(orderId|couponId|orderedAt|issuedAt|expiresAt)\":\"[^\"]*\"", "\"$1\":\"…\"")
                        .replaceAll("\"balance\":\\d+", "\"balance\":…"));
        return told;
    }

    private void assertSameBothWays(String path, String body, String... headers) {
        assertThat(comparable(post(path, body, PLAIN, headers)))
                .isEqualTo(comparable(post(path, body, THROUGH_MVC, headers)));
    }

    private static String order(long user, long product, long pieces) {
        return "{\"userId\":" + user + ",\"items\":[{\"productId\":" + product + ",\"quantity\":" + pieces + "}]}";
    }

    @Test
    void paysAnOrderBothWays() {
        long product = given.aProduct().price(100).stock(1_000).onSale();
        String body = order(given.aUserWithBalance(10_000), product, 2);
        assertThat(post("/orders", body, PLAIN).status()).isEqualTo(201);
        assertSameBothWays("/orders", body);
    }

    @Test
    void givesTheFirstAnswerAgainBothWays() {
        long product = given.aProduct().price(100).stock(1_000).onSale();
        long user = given.aUserWithBalance(10_000);
        String key = "Idempotency-Key: both-ways-" + user;
        Reply first = post("/orders", order(user, product, 1), THROUGH_MVC, key);
        Reply again = post("/orders", order(user, product, 1), PLAIN, key);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers()).containsEntry("idempotent-replayed", "true");
        assertSameBothWays("/orders", order(user, product, 1), key);
        assertSameBothWays("/orders", order(user, product, 3), key);
    }

    @Test
    void refusesBothWays() {
        long product = given.aProduct().price(100).stock(5).onSale();
        long user = given.aUserWithBalance(100);
        assertSameBothWays("/orders", order(user, product, 6));
        assertSameBothWays("/orders", order(user, product, 2));
        assertSameBothWays("/orders", order(user, 9_007_199_254_740_991L, 1));
        assertSameBothWays("/orders", order(user, product, 1), "Idempotency-Key: " + "k".repeat(256));
        assertSameBothWays("/orders", order(user, product, 6), "Accept-Language: ko");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{\"userId\":1",
                "{\"userId\":1,\"items\":[]}",
                "{\"userId\":0,\"items\":[{\"productId\":1,\"quantity\":1}]}",
                "{\"items\":[{\"productId\":1,\"quantity\":1}]}",
                "{\"userId\":1,\"items\":[{\"productId\":1,\"quantity\":1.5}]}",
                "{\"userId\":1,\"items\":[{\"productId\":1,\"quantity\":1}],\"price\":1}",
                "{\"userId\":1,\"items\":[{\"productId\":1,\"quantity\":1}]} x",
                "\u0000{}"
            })
    void refusesBadInputBothWays(String body) {
        assertSameBothWays("/orders", body);
        assertSameBothWays("/coupons/issue", body);
    }

    @Test
    void issuesCouponsBothWays() {
        long campaign = given.aCampaign(10, 1_000);
        long user = given.aUser();
        long another = given.aUser();
        String wanted = "{\"userId\":%d,\"campaignId\":" + campaign + "}";
        Reply first = post("/coupons/issue", wanted.formatted(user), PLAIN);
        Reply second = post("/coupons/issue", wanted.formatted(another), THROUGH_MVC);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(first.headers().keySet()).isEqualTo(second.headers().keySet());
        assertSameBothWays("/coupons/issue", wanted.formatted(user));
    }
}
