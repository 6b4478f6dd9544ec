package kr.hhplus.commerce.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ProbedServer
class SecurityHeadersTests {

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    private static void holds(Reply reply) {
        assertThat(reply.headers())
                .as(reply.toString())
                .containsAllEntriesOf(Map.of(
                        "X-Content-Type-Options", "nosniff",
                        "X-Frame-Options", "DENY",
                        "Referrer-Policy", "no-referrer",
                        "Content-Security-Policy", SecurityHeaders.POLICY_OF_DATA))
                .doesNotContainKeys(
                        "Strict-Transport-Security", "Access-Control-Allow-Origin", "Server", "X-Powered-By");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/probe/things/1", "/products", "/nowhere", "/v3/api-docs", "/actuator/health", "/orders"})
    void standOnEveryAnswer(String path) {
        holds(wire.get(path));
        holds(wire.get(path, "Host: evil.example"));
    }

    @Test
    void standOnWhatTheContainerRefuses() {
        holds(wire.exchange("GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        holds(wire.get("/products", "X-Long: " + "x".repeat(20_000)));
        holds(wire.post("/probe/pay", "application/json", " ".repeat(20_000)));
    }

    @Test
    void letPagesRunTheirOwnScriptsAlone() {
        Reply page = wire.get("/swagger-ui/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers()).containsEntry("Content-Security-Policy", SecurityHeaders.POLICY_OF_PAGES);
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]* src=)[^>]*>")
                .doesNotContain("://cdn");
    }

    @Test
    void giveNothingToPagesOfElsewhere() {
        String origin = "Origin: http://localhost:3000";
        holds(wire.get("/products", origin));
        byte[] preflight = Wire.head("OPTIONS", "/orders", origin, "Access-Control-Request-Method: POST")
                .getBytes(StandardCharsets.US_ASCII);
        Reply reply = wire.exchange(preflight);
        assertThat(reply.headers()).doesNotContainKeys("Access-Control-Allow-Origin", "Access-Control-Allow-Methods");
        assertThat(reply.status()).isGreaterThanOrEqualTo(400);
    }
}
