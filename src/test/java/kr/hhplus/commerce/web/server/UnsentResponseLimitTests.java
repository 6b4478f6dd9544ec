package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** One client that does not read holds the one thread, and the memory for unsent responses takes no other one. */
@Import(SlowReadersTests.SmallSendBuffers.class)
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.http.blocking-writes-max=1",
            "commerce.http.unsent-response-max=8B",
            "server.tomcat.connection-timeout=60s"
        })
class UnsentResponseLimitTests {

    private static final String JSON = "application/json";

    private final Wire wire;
    private final ResponseWriter responses;
    private final Socket slow = new Socket();
    private final int port;

    UnsentResponseLimitTests(@LocalServerPort int port, @Autowired ResponseWriter responses) {
        this.port = port;
        this.responses = responses;
        wire = new Wire(port);
    }

    @BeforeEach
    void takeTheOneThread() throws IOException {
        slow.setReceiveBufferSize(4 * 1024);
        slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        slow.getOutputStream()
                .write("GET /v3/api-docs HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        Awaitility.await("its response to begin")
                .atMost(Duration.ofSeconds(60))
                .until(() -> slow.getInputStream().available() > 0);
    }

    @AfterEach
    void hangUp() throws IOException {
        slow.close();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> responses.unsent() == 0);
    }

    private Reply put(String target, String body) {
        String head = Wire.head("PUT", target, "Content-Type: " + JSON, "Content-Length: " + body.length());
        return wire.exchange((head + body).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void areRefusedWhereTheRequestOnlyReads() {
        Reply refused = wire.get("/products");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("OVERLOADED");
        assertThat(refused.headers()).containsKey("Retry-After");
    }

    /** The handler has committed: "nothing has happened" would be wrong. */
    @Test
    void areSentWhereTheRequestMayHaveWritten() {
        for (boolean paused : new boolean[] {true, false}) {
            Reply sale = put("/admin/sale", "{\"paused\":" + paused + "}");
            assertThat(sale.status()).as(sale.body()).isEqualTo(200);
            assertThat(sale.json().path("paused").asBoolean()).isEqualTo(paused);
        }
        Reply product = wire.post("/admin/products", JSON, "{\"name\":\"cup\",\"price\":5,\"stock\":5}");
        assertThat(product.status()).as(product.body()).isEqualTo(201);
        Reply invalid = wire.post("/orders", JSON, "{}");
        assertThat(invalid.status()).as(invalid.body()).isEqualTo(400);
        assertThat(invalid.code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void leaveNoHeaderOfTheirsOnTheRefusal() {
        Reply refused = wire.get("/swagger-ui/index.html", "X-Request-Id: mine");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers())
                .doesNotContainKeys("Last-Modified", "Accept-Ranges", "ETag", "Location", "Set-Cookie")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Request-Id", "mine")
                .containsEntry("X-Content-Type-Options", "nosniff");
    }
}
