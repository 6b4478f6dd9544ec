package kr.hhplus.commerce.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A page of an origin that is configured may call; a page of any other may not even ask. */
@ProbedServer
@TestPropertySource(
        properties = {"commerce.cors.allowed-origins=https://shop.example,http://localhost:3000", "commerce.access=open"
        })
class CrossOriginPagesTests {

    private static final String OURS = "Origin: https://shop.example";

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    private Reply preflight(String... headers) {
        return wire.exchange(Wire.head("OPTIONS", "/orders", headers).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void mayCallAndReadWhatTheyNeed() {
        Reply asked = preflight(
                OURS,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization,content-type,idempotency-key");
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.headers())
                .containsEntry("Access-Control-Allow-Origin", "https://shop.example")
                .containsEntry("Access-Control-Max-Age", "3600")
                .doesNotContainKey("Access-Control-Allow-Credentials");
        Reply called = wire.get("/products", OURS);
        assertThat(called.status()).isEqualTo(200);
        assertThat(called.headers().get("Access-Control-Expose-Headers")).contains("Retry-After", "Location");
        assertThat(called.headers().get("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://shop.example", "https://shop.example.evil.example", "null"})
    void mayNotCallFromAnywhereElse(String origin) {
        Reply asked = preflight("Origin: " + origin, "Access-Control-Request-Method: POST");
        Reply called = wire.get("/products", "Origin: " + origin);
        assertThat(List.of(asked, called)).allSatisfy(reply -> {
            assertThat(reply.code()).isEqualTo("FORBIDDEN");
            assertThat(reply.headers()).doesNotContainKey("Access-Control-Allow-Origin");
        });
    }

    @ParameterizedTest
    @CsvSource({"POST,https://evil.example", "OPTIONS,https://evil.example", "OPTIONS,https://shop.example"})
    void areRefusedWithoutWaitingForABody(String method, String origin) throws IOException {
        String head = Wire.head(
                        method,
                        "/orders",
                        "Origin: " + origin,
                        "Access-Control-Request-Method: POST",
                        "Content-Type: application/json",
                        "Content-Length: 9000")
                .replace("Connection: close\r\n", "");
        try (Socket socket = wire.open()) {
            socket.getOutputStream().write((head + "{").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(400);
            assertThat(new String(answer, StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 403")
                    .contains("Connection: close");
        }
    }

    @Test
    void mayNotUseMethodsAndHeadersThatNobodyNeeds() {
        assertThat(preflight(OURS, "Access-Control-Request-Method: TRACE").status())
                .isEqualTo(403);
        assertThat(preflight(OURS, "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: x-evil")
                        .headers())
                .doesNotContainKey("Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "https://*.example", "shop.example", "https://shop.example/", "null", ""})
    void areNamedOneByOne(String origin) {
        assertThatThrownBy(() -> new CorsProperties(List.of(origin), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
