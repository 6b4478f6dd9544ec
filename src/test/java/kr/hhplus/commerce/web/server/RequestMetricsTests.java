package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code http.server.requests} counts each request once, however it ends. */
@ProbedServer
@Import(RequestMetricsTests.BlockingController.class)
@TestPropertySource(properties = "commerce.http.blocking-requests-max=1")
class RequestMetricsTests {

    @TestComponent
    @RestController
    static class BlockingController {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);

        @GetMapping("/probe/blocking")
        String block() throws InterruptedException {
            entered.countDown();
            gate.await();
            return "\"done\"";
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private BlockingController handler;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    private long counted() {
        Collection<Timer> timers = registry.find("http.server.requests").timers();
        return timers.stream().mapToLong(Timer::count).sum();
    }

    private void assertCounted(long requests) {
        Awaitility.await().until(() -> counted() >= requests);
        // A second count of one of the requests would come before that of a later request.
        wire.get("/probe/balance?userId=1");
        Awaitility.await().until(() -> counted() > requests);
        assertThat(counted()).isEqualTo(requests + 1);
        assertThat(registry.find("http.server.requests.active").longTaskTimers())
                .allSatisfy(timer -> assertThat(timer.activeTasks()).isZero());
    }

    @Test
    void countARequestThatTimedOutBeforeItsHandlerRan() {
        long before = counted();
        CompletableFuture<?> blocking = CompletableFuture.runAsync(() -> wire.get("/probe/blocking"));
        Awaitility.await().until(() -> handler.entered.getCount() == 0);
        assertThat(wire.get("/probe/balance?userId=1").code()).isEqualTo("OVERLOADED");
        handler.gate.countDown();
        blocking.join();
        assertCounted(before + 2);
    }

    @Test
    void countARequestWhoseResultTimedOut() {
        long before = counted();
        assertThat(wire.get("/probe/fail/never").status()).isEqualTo(503);
        assertCounted(before + 1);
    }

    @Test
    void countARequestWhoseBodyArrivesLate() throws IOException {
        long before = counted();
        String body = "{\"userId\":7,\"amount\":5}";
        try (Socket socket = wire.open()) {
            String head = Wire.head(
                    "POST", "/probe/pay", "Content-Type: application/json", "Content-Length: " + body.length());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            Awaitility.await().pollDelay(java.time.Duration.ofMillis(200)).until(() -> true);
            socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            assertThat(Wire.read(socket).status()).isEqualTo(200);
        }
        assertCounted(before + 1);
    }

    @Test
    void countARequestWhoseBodyNeverArrives() throws IOException {
        long before = counted();
        try (Socket socket = wire.open()) {
            String head = Wire.head("POST", "/probe/pay", "Content-Type: application/json", "Content-Length: 10");
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            assertThat(Wire.read(socket).code()).isEqualTo("REQUEST_TIMEOUT");
        }
        assertCounted(before + 1);
    }
}
