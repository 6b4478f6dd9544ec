package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.TestPropertySource;

/** Many more clients than the server has threads, who ask and ask and read nothing: others are served meanwhile. */
@ServedShop
@TestPropertySource(properties = {"server.tomcat.connection-timeout=60s", "server.tomcat.threads.max=20"})
class SlowReadersTests {

    /** Twice as many as the server has threads. */
    private static final int SLOW = 40;

    private static final int PIPELINED = 300;
    private static final int SMALL_WINDOW = 4 * 1024;

    /** Else the kernel takes megabytes for each client before a write blocks. */
    @TestConfiguration
    static class SmallSendBuffers {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallSendBuffers() {
            return tomcat -> tomcat.addConnectorCustomizers(
                    connector -> connector.setProperty("socket.txBufSize", String.valueOf(4 * SMALL_WINDOW)));
        }
    }

    private final int port;
    private final Wire wire;
    private final Client client;
    private final Given given;
    private final ResponseWriter responses;
    private final List<Socket> slow = new ArrayList<>();

    SlowReadersTests(@LocalServerPort int port, @Autowired ResponseWriter responses) {
        this.port = port;
        this.responses = responses;
        wire = new Wire(port);
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        Awaitility.await("what waited for them to be forgotten")
                .atMost(Duration.ofSeconds(60))
                .until(() -> responses.unsent() == 0);
    }

    private void connect(int clients, int requests, String request) throws IOException {
        for (int i = 0; i < clients; i++) {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(SMALL_WINDOW);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write(request.repeat(requests).getBytes(StandardCharsets.UTF_8));
            slow.add(socket);
        }
    }

    private static boolean hasBegun(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static String order(long user, long product) {
        String body = "{\"userId\":%d,\"items\":[{\"productId\":%d,\"quantity\":1}]}".formatted(user, product);
        return "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
    }

    private void othersAreServed(long user, long product) {
        for (int i = 0; i < 30; i++) {
            client.must(Call.order(user, Call.line(product, 1)));
            assertThat(wire.get("/products").status()).isEqualTo(200);
        }
        assertThat(wire.get("/").body()).contains("</html>");
        assertThat(wire.get("/v3/api-docs").json().path("openapi").asText()).startsWith("3.1");
    }

    private void holdNobodyUp(String request) throws IOException {
        long user = given.aUserWithBalance(1_000);
        long product = given.aProduct().price(10).onSale();
        connect(SLOW, PIPELINED, request);
        Awaitility.await("a response to each of them")
                .atMost(Duration.ofSeconds(60))
                .until(() -> slow.stream().allMatch(SlowReadersTests::hasBegun));
        othersAreServed(user, product);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v3/api-docs",
                "/",
                "/products?size=100",
                "/actuator/prometheus",
                "/assets/shop.css",
                "/balance?userId=1",
                "/swagger-ui.html",
                "/nothing-here"
            })
    void holdNobodyUpWhateverTheyAskFor(String target) throws IOException {
        holdNobodyUp(get(target));
    }

    @Test
    void holdNobodyUpWithOrders() throws IOException {
        holdNobodyUp(order(
                given.aUserWithBalance(1_000),
                given.aProduct().price(10).stock(3).onSale()));
    }

    /** Each response comes whole, whichever way it is sent. */
    @Test
    void getAllOfItWhenTheyReadAfterAll() throws IOException {
        String document = wire.get("/v3/api-docs").body();
        connect(SLOW, 1, get("/v3/api-docs").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        for (Socket socket : slow) {
            assertThat(Wire.read(socket).body()).isEqualTo(document);
        }
    }
}
