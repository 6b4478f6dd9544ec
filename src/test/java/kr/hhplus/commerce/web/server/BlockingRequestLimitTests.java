package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.web.endpoint.CachedResponse;
import kr.hhplus.commerce.web.response.ResponseCacheFilter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Requests that block, more of them than the container has threads. */
@ServedShop
@Import(BlockingRequestLimitTests.BlockingController.class)
@TestPropertySource(
        properties = {
            "server.tomcat.threads.max=4",
            "server.tomcat.threads.min-spare=1",
            "commerce.http.request-deadline=2s"
        })
class BlockingRequestLimitTests {

    private static final int CONTAINER_THREADS = 4;
    private static final int MAY_BLOCK = CONTAINER_THREADS / 2;

    @TestComponent
    @RestController
    static class BlockingController {

        private final AtomicInteger inside = new AtomicInteger();
        private volatile CountDownLatch gate = new CountDownLatch(1);

        @GetMapping("/probe/blocking")
        String get() throws InterruptedException {
            inside.incrementAndGet();
            gate.await();
            return "\"done\"";
        }

        @CachedResponse
        @GetMapping("/probe/cached")
        String cached() {
            ResponseCacheFilter.keepUntil(
                    System.nanoTime() + Duration.ofHours(1).toNanos());
            return "\"cached\"";
        }

        @PostMapping("/probe/blocking")
        String post() throws InterruptedException {
            return get();
        }
    }

    private final Wire wire;
    private final BlockingController handler;
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final List<CompletableFuture<Reply>> all = new ArrayList<>();

    @Autowired
    BlockingRequestLimitTests(@LocalServerPort int port, BlockingController handler) {
        this.wire = new Wire(port);
        this.handler = handler;
        handler.inside.set(0);
        handler.gate = new CountDownLatch(1);
    }

    @AfterEach
    void release() {
        handler.gate.countDown();
        all.forEach(CompletableFuture::join);
        clients.shutdown();
    }

    private List<CompletableFuture<Reply>> requests(int count) {
        List<CompletableFuture<Reply>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(CompletableFuture.supplyAsync(() -> wire.get("/probe/blocking"), clients));
        }
        all.addAll(sent);
        return sent;
    }

    @Test
    void leaveAThreadToOrdersAndToProbes() {
        requests(3 * CONTAINER_THREADS);
        Awaitility.await().until(() -> handler.inside.get() == MAY_BLOCK);
        assertThat(wire.post("/orders", "application/json", "{\"userId\":7,\"items\":[]}")
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(wire.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(handler.inside).hasValue(MAY_BLOCK);
    }

    @Test
    void leaveCachedResponsesAlone() {
        assertThat(wire.get("/probe/cached").status()).isEqualTo(200);
        requests(MAY_BLOCK);
        Awaitility.await().until(() -> handler.inside.get() == MAY_BLOCK);
        assertThat(wire.get("/probe/cached").body()).isEqualTo("\"cached\"");
    }

    /** A personal access token is looked up in the database, a cookie may name a session. */
    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer hhp_unknown", "Authorization: bearer hhp_unknown", "Cookie: a=b"})
    void areAlsoThoseWhoseCredentialsAreLookedUp(String header) {
        assertThat(wire.get("/probe/cached").status()).isEqualTo(200);
        requests(MAY_BLOCK);
        Awaitility.await().until(() -> handler.inside.get() == MAY_BLOCK);
        assertThat(wire.get("/probe/cached", header).code()).isEqualTo("OVERLOADED");
        assertThat(wire.get("/probe/cached", "Authorization: Bearer another").status())
                .isEqualTo(200);
    }

    @Test
    void goOnOneAfterAnotherOnceOthersFinish() {
        List<CompletableFuture<Reply>> sent = requests(3 * CONTAINER_THREADS);
        Awaitility.await().until(() -> handler.inside.get() == MAY_BLOCK);
        handler.gate.countDown();
        assertThat(sent).allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(200));
        assertThat(handler.inside).hasValue(3 * CONTAINER_THREADS);
        assertThat(wire.post("/probe/blocking", "application/json", "{}").status())
                .isEqualTo(200);
    }

    @Test
    void areRejectedAfterTheDeadlineAndGiveTheirPlaceBack() {
        requests(MAY_BLOCK);
        Awaitility.await().until(() -> handler.inside.get() == MAY_BLOCK);
        List<CompletableFuture<Reply>> late = requests(MAY_BLOCK);
        assertThat(late).allSatisfy(reply -> {
            assertThat(reply.join().status()).isEqualTo(503);
            assertThat(reply.join().code()).isEqualTo("OVERLOADED");
        });
        handler.gate.countDown();
        assertThat(requests(2 * MAY_BLOCK))
                .allSatisfy(reply -> assertThat(reply.join().status()).isEqualTo(200));
    }
}
