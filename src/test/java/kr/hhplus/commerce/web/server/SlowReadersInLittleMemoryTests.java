package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** One thread may wait for clients, and one client does not read: what others ask for waits in memory, if it fits. */
@Import(SlowReadersTests.SmallSendBuffers.class)
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.http.blocking-writes-max=1",
            "commerce.http.unsent-response-max=4MB",
            "commerce.http.response-deadline=2s",
            "server.tomcat.connection-timeout=60s"
        })
class SlowReadersInLittleMemoryTests {

    private static final int SMALL_WINDOW = 4 * 1024;
    private static final String DOCUMENT = "/v3/api-docs";

    @LocalServerPort
    private int port;

    @Autowired
    private ResponseWriter responses;

    private final List<Socket> slow = new ArrayList<>();

    private void connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(20_000);
        socket.setReceiveBufferSize(SMALL_WINDOW);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET " + DOCUMENT + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.repeat(100).getBytes(StandardCharsets.UTF_8));
        slow.add(socket);
    }

    @BeforeEach
    void takeTheOneThread() throws IOException {
        connect();
        connect();
        Awaitility.await("the second one's bytes to wait in memory")
                .atMost(Duration.ofSeconds(60))
                .until(() -> responses.unsent() > 0);
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> responses.unsent() == 0);
    }

    @Test
    void areRefusedWhatDoesNotFitAndOthersGetWhatIsSmall() throws IOException {
        Reply refused = new Wire(port).get(DOCUMENT);
        for (int i = 0; i < 40 && refused.status() == 200; i++) {
            connect();
            refused = new Wire(port).get(DOCUMENT);
        }
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("OVERLOADED");
        assertThat(refused.headers()).containsKey("Retry-After");
        assertThat(responses.unsent()).isLessThan(4 << 20);
    }

    @Test
    void areLetGoWhereTheyReadTooSlowly() throws IOException {
        byte[] some = new byte[SMALL_WINDOW];
        // Both read, and so there is progress: the deadline alone ends the one that waits in memory.
        Awaitility.await("the server to hang up on one")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> slow.stream().anyMatch(dripping -> isOver(dripping, some)));
    }

    private static boolean isOver(Socket socket, byte[] some) {
        try {
            return socket.getInputStream().read(some) < 0;
        } catch (IOException reset) {
            return true;
        }
    }
}
