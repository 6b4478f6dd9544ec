package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Requests that are rejected before their body has been read, and whose body never comes, hold no thread. */
@ServedShop
@TestPropertySource(properties = {"server.tomcat.connection-timeout=5m", "server.tomcat.threads.max=4"})
class RejectedBodiesTests {

    private static final int CLIENTS = 40;
    private static final String PREFLIGHT = Wire.head(
            "OPTIONS",
            "/orders",
            "Origin: http://elsewhere.example",
            "Access-Control-Request-Method: POST",
            "Content-Length: 100");

    private final Wire wire;

    RejectedBodiesTests(@LocalServerPort int port) {
        wire = new Wire(port);
    }

    @Test
    void holdNoThread() throws IOException {
        List<Socket> rejected = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Socket socket = wire.open();
                socket.getOutputStream().write(PREFLIGHT.getBytes(StandardCharsets.US_ASCII));
                rejected.add(socket);
            }
            for (Socket socket : rejected) {
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 403");
            }
            assertThat(wire.get("/products").status()).isEqualTo(200);
        } finally {
            for (Socket socket : rejected) {
                socket.close();
            }
        }
    }
}
