package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who asks too often is refused cheaply, and nobody else is. Rates are such that no token comes back meanwhile. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.rate-limit.enabled=true",
            "commerce.rate-limit.user.read=1/h burst 3",
            "commerce.rate-limit.user.issue=1/h burst 2",
            "commerce.rate-limit.user.write=1/m burst 2",
            "commerce.rate-limit.user.service=1/h burst 5",
            "commerce.rate-limit.address.any=1/h burst 20",
            "commerce.rate-limit.address.sign-in=1/h burst 3",
            "commerce.rate-limit.address.webhook=1/h burst 3",
            "commerce.rate-limit.exempt-addresses=198.51.100.0/24,2001:db8:1::/48",
            "server.forward-headers-strategy=native"
        })
@ContextConfiguration(initializers = FreshDatabase.class)
@Import({NamedCallers.class, LimitingCallersModuleTests.SignInController.class})
class LimitingCallersModuleTests {

    @TestComponent
    @RestController
    static class SignInController {

        @RateLimited(RateLimitGroup.SIGN_IN)
        @PostMapping("/probe/sign-in")
        void signIn() {}
    }

    private static final String FROM = "X-Forwarded-For: ";
    private static final String OURS = FROM + "198.51.100.7";
    private static final String JSON = "application/json";

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    private static String user(int user) {
        return NamedCallers.USER + ": " + user;
    }

    private Reply read(int user) {
        return wire.get("/balance?userId=" + user, OURS, user(user));
    }

    @Test
    void aUserIsRefusedWhenTheTokensAreGoneAndToldWhenToComeAgain() {
        for (int left = 2; left >= 0; left--) {
            Reply reply = read(1);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers())
                    .containsEntry("RateLimit-Limit", "3")
                    .containsEntry("RateLimit-Remaining", "" + left)
                    .containsKey("RateLimit-Reset");
        }
        Reply refused = read(1);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.headers())
                .containsEntry("RateLimit-Remaining", "0")
                .containsEntry("Content-Type", "application/problem+json");
        assertThat(Long.parseLong(refused.headers().get("Retry-After"))).isBetween(3_000L, 3_600L);
        assertThat(read(2).status()).as("another user").isEqualTo(200);
    }

    @Test
    void theGroupsOfOneUserAreCountedApartHoweverThePathIsWritten() {
        for (int i = 0; i < 2; i++) {
            assertThat(issue("/coupons/issue").status()).isEqualTo(404);
        }
        assertThat(issue("/coupons/issue").status()).isEqualTo(429);
        assertThat(issue("/coupons/%69ssue").status()).isEqualTo(429);
        assertThat(issue("/coupons/./issue").status())
                .as("a path without handler")
                .isEqualTo(404);
        assertThat(read(3).status()).isEqualTo(200);
        assertThat(wire.post("/balance/charge?userId=3&amount=1", JSON, "", OURS, user(3))
                        .status())
                .isEqualTo(200);
    }

    private Reply issue(String path) {
        return wire.post(path + "?userId=3&campaignId=77", JSON, "", OURS, user(3));
    }

    @Test
    void anotherBackEndHasABucketOfItsOwnOverAllItsCalls() {
        String service = NamedCallers.SERVICE + ": billing";
        for (int i = 0; i < 5; i++) {
            assertThat(wire.get("/balance?userId=" + (100 + i), OURS, service).status())
                    .isEqualTo(200);
        }
        assertThat(wire.get("/balance?userId=100", OURS, service).status()).isEqualTo(429);
        assertThat(wire.get("/balance?userId=100", OURS, NamedCallers.SERVICE + ": mailing")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAddressIsRefusedWhoeverItSaysItIs() {
        for (int i = 0; i < 20; i++) {
            assertThat(wire.get("/products", FROM + "192.0.2.1").status()).isEqualTo(200);
        }
        Reply refused = wire.get("/products", FROM + "192.0.2.1", user(50));
        assertThat(refused.code()).isEqualTo("RATE_LIMITED");
        assertThat(refused.headers()).containsKeys("Retry-After", "RateLimit-Limit");
        assertThat(wire.get("/products", FROM + "192.0.2.2").status()).isEqualTo(200);
        assertThat(wire.get("/actuator/health", FROM + "192.0.2.1").status()).isEqualTo(200);
    }

    @Test
    void webhooksHaveABucketOfTheirOwn() {
        String from = FROM + "192.0.2.40";
        for (int i = 0; i < 3; i++) {
            assertThat(webhook(from).status()).isEqualTo(200);
        }
        assertThat(webhook(from).code()).isEqualTo("RATE_LIMITED");
        assertThat(webhook(FROM + "192.0.2.41").status()).isEqualTo(200);
        assertThat(wire.get("/products", from).status()).isEqualTo(200);
    }

    private Reply webhook(String from) {
        return wire.post("/payments/webhooks/sandbox", JSON, "{\"orderId\":\"0000000000009\"}", from);
    }

    @Test
    void aNetworkOfSixtyFourBitsIsOneAddress() {
        for (int i = 0; i < 20; i++) {
            assertThat(wire.get("/products", FROM + "2001:db8:2:2::" + i).status())
                    .isEqualTo(200);
        }
        assertThat(wire.get("/products", FROM + "2001:db8:2:2::ffff").status()).isEqualTo(429);
        assertThat(wire.get("/products", FROM + "2001:db8:2:3::1").status()).isEqualTo(200);
    }

    @Test
    void addressesOfOnesOwnAreNotCounted() {
        for (int i = 0; i < 30; i++) {
            assertThat(wire.get("/products", OURS).status()).isEqualTo(200);
            assertThat(wire.get("/products", FROM + "2001:db8:1:9::1").status()).isEqualTo(200);
        }
    }

    @Test
    void attemptsToSignInAreCountedByThemselves() {
        for (int i = 0; i < 3; i++) {
            assertThat(signIn().status()).isNotEqualTo(429);
        }
        assertThat(signIn().code()).isEqualTo("RATE_LIMITED");
        assertThat(wire.get("/products", FROM + "192.0.2.9").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "introspect", "revoke"})
    void requestsOfClientsAreAttemptsToSignIn(String endpoint) {
        String from = FROM + "192.0.2." + (60 + endpoint.length());
        for (int i = 0; i < 3; i++) {
            assertThat(wire.post("/oauth2/" + endpoint, JSON, "{}", from).status())
                    .isNotEqualTo(429);
        }
        assertThat(wire.post("/oauth2/" + endpoint, JSON, "{}", from).code()).isEqualTo("RATE_LIMITED");
        assertThat(wire.get("/oauth2/jwks", from).status()).isNotEqualTo(429);
    }

    private Reply signIn() {
        return wire.post("/probe/sign-in", JSON, "{}", FROM + "192.0.2.9");
    }

    @Test
    void aRefusalDoesNotWaitForTheBody() throws IOException {
        spend("192.0.2.20");
        try (Socket socket = wire.open()) {
            String head =
                    Wire.head("POST", "/orders", FROM + "192.0.2.20", "Content-Type: " + JSON, "Content-Length: 9000");
            socket.getOutputStream().write((head + "{").getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 429".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 429");
        }
    }

    @Test
    void aRefusalLeavesTheConnectionOpenWhenTheBodyIsHere() throws IOException {
        spend("192.0.2.21");
        try (Socket socket = wire.open()) {
            String last =
                    Wire.head("POST", "/orders", FROM + "192.0.2.21", "Content-Type: " + JSON, "Content-Length: 2")
                            + "{}";
            String first = last.replace("Connection: close\r\n", "");
            socket.getOutputStream().write((first + last).getBytes(StandardCharsets.US_ASCII));
            String both = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(both.split("HTTP/1.1 429", -1)).hasSize(3);
        }
    }

    private void spend(String address) {
        for (int i = 0; i < 20; i++) {
            wire.get("/products", FROM + address);
        }
    }
}
