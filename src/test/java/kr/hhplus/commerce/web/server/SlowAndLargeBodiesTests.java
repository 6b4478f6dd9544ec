package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ProbedServer
class SlowAndLargeBodiesTests {

    private static final String JSON = "application/json";
    private static final String BODY = "{\"userId\":7,\"amount\":5}";

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @Test
    void serveOthersWhileFourHundredClientsSendAByteASecond() throws IOException {
        List<Socket> slow = new ArrayList<>();
        ScheduledExecutorService dribble = Executors.newSingleThreadScheduledExecutor();
        try {
            for (int i = 0; i < 400; i++) {
                Socket socket = wire.open();
                socket.getOutputStream().write(head("/probe/order", "Content-Length: 16000"));
                slow.add(socket);
            }
            dribble.scheduleAtFixedRate(() -> slow.forEach(SlowAndLargeBodiesTests::sendAByte), 0, 1, TimeUnit.SECONDS);
            for (int i = 0; i < 50; i++) {
                assertThat(wire.post("/probe/pay", JSON, BODY).status()).isEqualTo(200);
            }
            for (Socket socket : slow) {
                Reply reply = Wire.read(socket);
                assertThat(reply.code()).isEqualTo("REQUEST_TIMEOUT");
                assertThat(reply.headers()).containsEntry("Connection", "close");
            }
        } finally {
            dribble.shutdownNow();
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static void sendAByte(Socket socket) {
        try {
            socket.getOutputStream().write('[');
        } catch (IOException e) {
            // The server has hung up on this one, as it should.
        }
    }

    @Test
    void goOnWhenALateBodyIsComplete() throws IOException {
        for (String kind : new String[] {"/probe/pay", "/probe/order"}) {
            try (Socket socket = wire.open()) {
                socket.getOutputStream().write(head(kind, "Content-Length: " + BODY.length()));
                sendInPieces(socket, BODY);
                Reply reply = Wire.read(socket);
                assertThat(reply.status()).isEqualTo(kind.equals("/probe/pay") ? 200 : 400);
                assertThat(reply.headers()).containsKey("X-Request-Id");
            }
        }
    }

    @Test
    void goOnWithChunksAndForms() throws IOException {
        try (Socket socket = wire.open()) {
            socket.getOutputStream().write(head("/probe/pay", "Transfer-Encoding: chunked"));
            sendInPieces(socket, "5\r\n{\"use\r\n", "11\r\nrId\":7,\"amount\":5\r\n", "1\r\n}\r\n0\r\n\r\n");
            assertThat(Wire.read(socket).json().get("amount").asInt()).isEqualTo(5);
        }
        try (Socket socket = wire.open()) {
            String head = new String(head("/probe/pay", "Content-Length: 17"), StandardCharsets.US_ASCII)
                    .replace(JSON, "application/x-www-form-urlencoded");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            sendInPieces(socket, "userId=7", "&amount=5");
            assertThat(Wire.read(socket).json().get("amount").asInt()).isEqualTo(5);
        }
    }

    @Test
    void refuseForeignHostsHoweverLateTheBodyComes() throws IOException {
        try (Socket socket = wire.open()) {
            String head = new String(head("/probe/pay", "Content-Length: " + BODY.length()), StandardCharsets.US_ASCII)
                    .replace("Host: localhost", "Host: evil.example");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            sendInPieces(socket, BODY);
            assertThat(Wire.read(socket).code()).isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void areRefusedByTheirLengthAlone() throws IOException {
        try (Socket socket = wire.open()) {
            socket.getOutputStream().write(head("/probe/order", "Content-Length: 3000000"));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void areRefusedThoughTheClientSendsThemWhole() {
        String items = "{\"productId\":1,\"quantity\":0},".repeat(100_000);
        Reply reply = wire.post("/probe/order", JSON, "{\"userId\":1,\"items\":[" + items + "]}");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(reply.headers()).containsEntry("Connection", "close");
    }

    @Test
    void areRefusedWhenTheirChunksAddUp() {
        String chunk = "1000\r\n" + " ".repeat(4096) + "\r\n";
        byte[] chunks = (chunk.repeat(300) + "0\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        Reply reply = wire.exchange(Wire.concat(head("/probe/order", "Transfer-Encoding: chunked"), chunks));
        assertThat(reply.code()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void areTakenUpToTheLastByte() {
        String padding = " ".repeat(16 * 1024 - BODY.length());
        assertThat(wire.post("/probe/pay", JSON, BODY + padding).status()).isEqualTo(200);
        assertThat(wire.post("/probe/pay", JSON, BODY + padding + " ").status()).isEqualTo(413);
    }

    @Test
    void areMalformedWhenTheyEndEarlyOrAreNoChunks() throws IOException {
        try (Socket socket = wire.open()) {
            socket.getOutputStream().write(head("/probe/pay", "Content-Length: 100"));
            sendInPieces(socket, BODY);
            socket.shutdownOutput();
            assertThat(Wire.read(socket).code()).isEqualTo("MALFORMED_REQUEST");
        }
        try (Socket socket = wire.open()) {
            socket.getOutputStream().write(head("/probe/pay", "Transfer-Encoding: chunked"));
            sendInPieces(socket, "zz\r\n");
            assertThat(Wire.read(socket).code()).isEqualTo("MALFORMED_REQUEST");
        }
    }

    @Test
    void leaveTheConnectionOpenForTheNextRequest() throws IOException {
        try (Socket socket = wire.open()) {
            String head = new String(head("/probe/pay", "Content-Length: " + BODY.length()), StandardCharsets.US_ASCII);
            String first = head.replace("Connection: close\r\n", "");
            socket.getOutputStream().write((first + BODY + head + BODY).getBytes(StandardCharsets.US_ASCII));
            String both = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(both.split("HTTP/1.1 200", -1)).hasSize(3);
        }
    }

    private static byte[] head(String path, String length) {
        return Wire.head("POST", path, "Content-Type: " + JSON, length).getBytes(StandardCharsets.US_ASCII);
    }

    /** Lets time pass before each piece, so that the server sees them one by one. */
    private static void sendInPieces(Socket socket, String... pieces) throws IOException {
        for (String piece : pieces) {
            await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
    }
}
