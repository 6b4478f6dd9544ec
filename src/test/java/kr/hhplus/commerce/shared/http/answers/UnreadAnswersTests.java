package kr.hhplus.commerce.shared.http.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import kr.hhplus.commerce.probe.ProbedServer;
import kr.hhplus.commerce.probe.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients that send and send, and never read what they are told. */
@ProbedServer
class UnreadAnswersTests {

    private static final int CLIENTS = 8;
    private static final int REQUESTS_MAX = 5_000;

    @LocalServerPort
    private int port;

    private Wire wire;
    private final List<Socket> deaf = new ArrayList<>();
    private final AtomicLong sent = new AtomicLong();

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : deaf) {
            socket.close();
        }
    }

    @Test
    void keepNobodyElseFromHearing() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            deaf.add(deafClient());
        }
        awaitFullBuffers();
        for (int i = 0; i < 20; i++) {
            String body = "{\"userId\":7,\"amount\":5}";
            assertThat(wire.post("/probe/pay", "application/json", body).status())
                    .isEqualTo(200);
        }
    }

    /** What is on its way to a client has a bound, and then the server's next write to it waits. */
    private void awaitFullBuffers() {
        AtomicLong before = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
    }

    private Socket deafClient() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2_048);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        byte[] request = request();
        Thread sender = new Thread(() -> {
            try {
                OutputStream out = socket.getOutputStream();
                for (int i = 0; i < REQUESTS_MAX; i++) {
                    out.write(request);
                    sent.incrementAndGet();
                }
            } catch (IOException e) {
                // Hung up: the test is over.
            }
        });
        sender.setDaemon(true);
        sender.start();
        return socket;
    }

    private static byte[] request() {
        String body = "{\"userId\":7,\"amount\":5,\"note\":\"" + "x".repeat(12_000) + "\"}";
        String head = "POST /probe/pay HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
