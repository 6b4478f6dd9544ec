package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import kr.hhplus.commerce.CommerceApplication;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** The drain is far longer than the test; interrupting it is how it ends here. */
class ShutdownDelayTests {

    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private ServletWebServerApplicationContext server;
    private Thread closing;
    private Wire wire;

    @BeforeEach
    void start() {
        server = (ServletWebServerApplicationContext) SpringApplication.run(
                CommerceApplication.class,
                "--spring.datasource.url=jdbc:h2:mem:draining;MODE=MySQL;DATABASE_TO_LOWER=TRUE;"
                        + "CASE_INSENSITIVE_IDENTIFIERS=TRUE",
                "--server.port=0",
                "--commerce.sample-data=false",
                "--commerce.http.shutdown-delay=10m");
        wire = new Wire(server.getWebServer().getPort());
        closing = new Thread(server::close, "closing");
    }

    @AfterEach
    void stop() throws InterruptedException {
        closing.interrupt();
        closing.join(GENEROUS.toMillis());
        server.close();
    }

    @Test
    void isNotReadyButServesAndEndsEachConnection() throws Exception {
        assertThat(answerWithoutAskingToClose().headers()).doesNotContainKey("Connection");

        closing.start();
        await().atMost(GENEROUS)
                .until(() -> wire.get("/actuator/health/readiness").status() == 503);

        assertThat(wire.get("/products").status()).isEqualTo(200);
        Reply reply = answerWithoutAskingToClose();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("Connection", "close");

        closing.interrupt();
        await().atMost(GENEROUS)
                .untilAsserted(() -> assertThatThrownBy(wire::open).isInstanceOf(ConnectException.class));
    }

    /** To the end of the first answer; what keeps the connection open until then is the server's choice. */
    private Reply answerWithoutAskingToClose() throws Exception {
        try (Socket socket = wire.open()) {
            socket.getOutputStream()
                    .write("GET /products HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            if (!closing.isAlive()) {
                socket.getOutputStream().write(Wire.head("GET", "/products").getBytes(StandardCharsets.US_ASCII));
            }
            return Wire.read(socket);
        }
    }
}
