package kr.hhplus.commerce.auditlog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** With accounts: who signed in and who failed, what an administrator did to whom, and limits that nobody asked for. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu",
            "commerce.accounts.first-admin.name=owner@shop.kr",
            "commerce.accounts.first-admin.password=Blue-Teapot-77",
            "commerce.rate-limit.user.issue=1/h burst 3"
        })
class AccountEventsInTheAuditLogModuleTests {

    private static final String JSON = "application/json";
    private static final String OWNER = "Blue-Teapot-77";
    private static final String ANN = "Purple-Kettle-42";

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    private Reply post(String path, String body, String... headers) {
        return wire.post(path, JSON, body.replace('\'', '"'), headers);
    }

    private String bearer(String name, String password) {
        return "Authorization: Bearer " + new Visit(port).signIn(name, password).token();
    }

    private List<JsonNode> trail(String admin, String query) {
        Reply reply = wire.get("/admin/trail?size=100" + query, admin);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return StreamSupport.stream(reply.json().get("items").spliterator(), false)
                .toList();
    }

    @Test
    void saysWhoSignedInWhoFailedAndWhoChargedForWhom() {
        long ann = post("/users", "{'name':'ann@shop.kr','password':'" + ANN + "'}")
                .json()
                .get("userId")
                .asLong();
        Visit wrong = new Visit(port);
        wrong.get("/sign-in");
        assertThat(wrong.post("/sign-in", "name", "ann@shop.kr", "password", "Wrong-Kettle-42")
                        .status())
                .isEqualTo(401);
        String annsToken = bearer("ann@shop.kr", ANN);
        String admin = bearer("owner@shop.kr", OWNER);
        assertThat(post("/balance/charge", "{'amount':100}", annsToken).status())
                .isEqualTo(200);
        assertThat(post("/balance/charge", "{'userId':" + ann + ",'amount':50}", admin)
                        .status())
                .isEqualTo(200);

        assertThat(trail(admin, "&kind=SIGN_IN_FAILED"))
                .extracting(entry -> entry.get("who").asText())
                .contains("user ann@shop.kr");
        assertThat(trail(admin, "&kind=SIGNED_IN"))
                .extracting(entry -> entry.get("who").asText())
                .contains("user ann@shop.kr", "user owner@shop.kr");
        List<JsonNode> charges = trail(admin, "&kind=BALANCE_CHARGED").stream()
                .filter(entry -> entry.get("what").asText().equals("user " + ann))
                .toList();
        assertThat(charges).hasSize(2);
        assertThat(charges.get(1).get("who").asText()).isEqualTo("user " + ann);
        assertThat(charges.get(0).get("who").asText()).startsWith("user ").isNotEqualTo("user " + ann);
        assertThat(charges.get(0).get("facts").toString()).contains("\"50\"", "\"150\"");
        assertThat(trail(admin, "").toString()).doesNotContain(ANN, OWNER, "Wrong-Kettle", "hhp_");
        assertThat(wire.get("/admin/trail", annsToken).status()).isEqualTo(403);
        assertThat(wire.get("/admin/trail").status()).isEqualTo(401);
    }

    @Test
    void saysOnceWhoCancelledAnothersOrder() {
        long kim = post("/users", "{'name':'kim@shop.kr','password':'" + ANN + "'}")
                .json()
                .get("userId")
                .asLong();
        String kims = bearer("kim@shop.kr", ANN);
        String admin = bearer("owner@shop.kr", OWNER);
        String product = post("/admin/products", "{'name':'Cup','price':100,'stock':10}", admin)
                .json()
                .get("productId")
                .asText();
        post("/balance/charge", "{'userId':" + kim + ",'amount':1000}", admin);
        String order = "{'items':[{'productId':" + product + ",'quantity':1}]}";
        String first = post("/orders", order, kims).json().get("orderId").asText();
        String second = post("/orders", order, kims).json().get("orderId").asText();
        for (int i = 0; i < 3; i++) {
            assertThat(post("/orders/" + first + "/cancel", "", admin, "Idempotency-Key: cancel-it")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(post("/orders/" + first + "/cancel", "", admin).status()).isEqualTo(409);
        assertThat(post("/orders/" + second + "/cancel", "", kims).status()).isEqualTo(200);
        List<JsonNode> entries = trail(admin, "&kind=ORDER_CANCELLED");
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("what").asText()).isEqualTo("order " + first);
        assertThat(entries.get(0).get("who").asText()).startsWith("user ").isNotEqualTo("user " + kim);
        assertThat(fact(entries.get(0), "user")).isEqualTo(String.valueOf(kim));
    }

    @Test
    void saysWhoSignedUpAndOutAndHasAnotherPassword() {
        String zoe = "{'name':'zoe@shop.kr','password':'" + ANN + "'}";
        long number = post("/users", zoe).json().get("userId").asLong();
        assertThat(post("/users", zoe).status()).as("refused, and no line").isEqualTo(409);
        assertThat(new Visit(port).signIn("zoe@shop.kr", ANN).post("/sign-out").status())
                .isEqualTo(303);
        String caller = bearer("zoe@shop.kr", ANN);
        assertThat(wire.delete("/account/tokens", caller).status()).isEqualTo(200);
        caller = bearer("zoe@shop.kr", ANN);
        String change = "{'currentPassword':'" + ANN + "','newPassword':'Green-Kettle-42'}";
        assertThat(post("/users/me/password", change.replace(ANN, "Wrong-Kettle-42"), caller)
                        .status())
                .isEqualTo(401);
        assertThat(post("/users/me/password", change, caller).status()).isEqualTo(200);

        String admin = bearer("owner@shop.kr", OWNER);
        List<JsonNode> lines = trail(admin, "&who=user%20zoe@shop.kr");
        assertThat(lines)
                .extracting(entry -> entry.get("kind").asText())
                .containsExactly(
                        "PASSWORD_CHANGED",
                        "SIGN_IN_FAILED",
                        "SIGNED_IN",
                        "SIGNED_OUT",
                        "SIGNED_IN",
                        "SIGNED_OUT",
                        "SIGNED_IN",
                        "SIGNED_UP");
        assertThat(lines).allMatch(entry -> fact(entry, "address").equals("127.0.0.1"));
        assertThat(fact(lines.get(3), "everywhere")).isEqualTo("true");
        assertThat(fact(lines.get(5), "everywhere")).isEqualTo("false");
        for (int line : new int[] {0, 3, 5, 7}) {
            assertThat(fact(lines.get(line), "userId")).isEqualTo(Long.toString(number));
        }
        assertThat(lines.toString()).doesNotContain(ANN, "Green-Kettle", "hhp_");
    }

    private static String fact(JsonNode entry, String name) {
        return StreamSupport.stream(entry.get("facts").spliterator(), false)
                .filter(fact -> fact.get("name").asText().equals(name))
                .map(fact -> fact.get("value").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    void limitsWhoShowsATokenAndNobodyElse() {
        post("/users", "{'name':'bob@shop.kr','password':'" + ANN + "'}");
        post("/users", "{'name':'eve@shop.kr','password':'" + ANN + "'}");
        String eve = bearer("eve@shop.kr", ANN);
        for (int i = 0; i < 3; i++) {
            assertThat(post("/coupons/issue", "{'campaignId':77}", eve).status())
                    .isEqualTo(404);
        }
        Reply refused = post("/coupons/issue", "{'campaignId':77}", eve);
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(post("/coupons/issue", "{'campaignId':77}", bearer("bob@shop.kr", ANN))
                        .status())
                .isEqualTo(404);
        assertThat(post("/coupons/issue", "{'campaignId':77}", "Authorization: Bearer none")
                        .status())
                .isEqualTo(401);
    }
}
