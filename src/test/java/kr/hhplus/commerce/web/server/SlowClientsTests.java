package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Hundreds of clients that hold connections and send next to nothing do not stop others from buying. */
@ServedShop
@TestPropertySource(
        properties = {
            "commerce.http.request-deadline=2s",
            "server.tomcat.connection-timeout=4s",
            "server.tomcat.threads.max=20"
        })
class SlowClientsTests {

    private static final int SLOW = 400;
    private static final String BODY_TO_COME =
            Wire.head("POST", "/orders", "Content-Type: application/json", "Content-Length: 16000");

    private final Wire wire;
    private final Client client;
    private final Given given;
    private final List<Socket> slow = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<ScheduledFuture<?>> drips = new ArrayList<>();

    SlowClientsTests(@LocalServerPort int port) {
        wire = new Wire(port);
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    @AfterEach
    void hangUp() throws IOException {
        clock.shutdownNow();
        for (Socket socket : slow) {
            socket.close();
        }
    }

    /** Each sends the beginning at once, and then a byte each second. */
    private void connect(int clients, String beginning, int each) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Socket socket = wire.open();
            socket.setSoTimeout(1);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        slow.addAll(sockets);
        if (each >= 0) {
            drips.add(clock.scheduleAtFixedRate(
                    () -> sockets.forEach(socket -> send(socket, each)), 0, 1, TimeUnit.SECONDS));
        }
    }

    private static void send(Socket socket, int each) {
        try {
            socket.getOutputStream().write(each);
        } catch (IOException e) {
            // The server has hung up on this one, as it should.
        }
    }

    private void othersBuy() {
        long user = given.aUserWithBalance(1_000);
        long product = given.aProduct().price(10).onSale();
        for (int i = 0; i < 30; i++) {
            client.must(Call.order(user, Call.line(product, 1)));
        }
    }

    private void theyFallSilent() {
        drips.forEach(drip -> drip.cancel(false));
    }

    private void everySlowOneIsDisconnected() {
        List<Socket> open = new ArrayList<>(slow);
        Awaitility.await("the server to close all their connections")
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    open.removeIf(SlowClientsTests::isOver);
                    return open.isEmpty();
                });
    }

    private static boolean isOver(Socket socket) {
        try {
            return socket.getInputStream().readNBytes(4096).length < 4096;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Tomcat bounds the size of a head and each pause within it, but not its duration. */
    @Test
    void dripTheirHeaders() throws IOException {
        connect(SLOW, "GET /products HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", 'x');
        othersBuy();
        theyFallSilent();
        everySlowOneIsDisconnected();
        othersBuy();
    }

    @Test
    void dripTheirRequestLines() throws IOException {
        connect(SLOW / 2, "GET /", 'x');
        connect(SLOW / 2, "", '\r');
        othersBuy();
        theyFallSilent();
        everySlowOneIsDisconnected();
    }

    @Test
    void dripTheirBodies() throws IOException {
        connect(SLOW, BODY_TO_COME, '[');
        othersBuy();
        everySlowOneIsDisconnected();
    }

    @Test
    void sendNothingAtAll() throws IOException {
        connect(SLOW, "", -1);
        othersBuy();
        everySlowOneIsDisconnected();
    }

    @Test
    void sendHeadersWithoutEnd() {
        String long1 = "X-Long: " + "x".repeat(100_000);
        String many = "X-Many: x\r\n".repeat(200) + "X-Last: x";
        for (String headers : List.of(long1, many)) {
            assertThat(wire.get("/products", headers).code()).isEqualTo("HEADERS_TOO_LARGE");
        }
        othersBuy();
    }

    @Test
    void areServedWhenTheyAreOnlySlow() throws Exception {
        try (Socket socket = wire.open()) {
            for (String piece : Wire.head("GET", "/products").split("(?<=\r\n)")) {
                socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
                Awaitility.await().pollDelay(Duration.ofMillis(200)).until(() -> true);
            }
            assertThat(Wire.read(socket).status()).isEqualTo(200);
        }
    }

    @Test
    void keepTheirConnectionsBetweenRequests() throws Exception {
        String body = "{\"userId\":7,\"amount\":5}";
        String charge = "POST /balance/charge HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = wire.open()) {
            for (String request : List.of(charge, "\r\n" + charge, Wire.head("GET", "/products"))) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                Awaitility.await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            }
            String replies = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(replies.split("HTTP/1.1 200", -1)).hasSize(4);
        }
    }
}
