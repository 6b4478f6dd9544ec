package kr.hhplus.commerce.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ProbedServer
class LocalModeTests {

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:8080", "shop.localhost:1", "127.0.0.1:8080", "127.255.0.9", "[::1]:8080"
            })
    void letsThisMachineIn(String host) {
        assertThat(wire.get("/probe/things/1", "Host: " + host).status()).isEqualTo(200);
        assertThat(wire.get("/probe/things/1", "Origin: http://" + host).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evillocalhost",
                "127.0.0.1.evil.example",
                "127.0.0.256",
                "127.1",
                "128.0.0.1",
                "0.0.0.0",
                "192.168.0.1:8080",
                "[::2]"
            })
    void refusesForeignHostsAndOrigins(String host) {
        Reply byHost = wire.get("/probe/things/1", "Host: " + host);
        assertThat(byHost.status()).isEqualTo(403);
        assertThat(byHost.code()).isEqualTo("FORBIDDEN");
        assertThat(wire.get("/probe/things/1", "Origin: https://" + host).code())
                .isEqualTo("FORBIDDEN");
        assertThat(wire.post("/probe/pay?userId=1&amount=5", "text/plain", "", "Origin: http://" + host)
                        .code())
                .isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "file://", "localhost", "http://localhost@evil.example", "ftp://localhost"})
    void refusesOriginsThatAreNoPageOfThisMachine(String origin) {
        assertThat(wire.get("/probe/things/1", "Origin: " + origin).status()).isEqualTo(403);
    }

    @Test
    void refusesRequestsThatNameNoHost() {
        byte[] old = "GET /probe/things/1 HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(wire.exchange(old).code()).isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/prometheus", "/actuator/info", "/nowhere"})
    void guardsEveryAddress(String target) {
        assertThat(wire.get(target, "Host: evil.example").code()).isEqualTo("FORBIDDEN");
    }
}
