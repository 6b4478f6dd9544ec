package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.LiveStream;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** Streams of pages that stay open all day, and of pages that have been closed. */
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.live.heartbeat-interval=10s",
            "commerce.live.duration-max=20s"
        })
class EndedStreamsModuleTests {

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry registry;

    private double connections() {
        return registry.get("commerce.live.connections").gauge().value();
    }

    @Test
    void endByThemselvesAndCanBeOpenedAgain() {
        List<LiveStream> streams = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            streams.add(new LiveStream(port, "/live"));
        }
        streams.forEach(stream -> stream.next("sale"));
        for (LiveStream stream : streams) {
            // One that does not end goes on with heartbeats.
            int lines = 0;
            for (String line = stream.line(); line != null; line = stream.line()) {
                assertThat(lines++).isLessThan(20);
            }
        }
        Awaitility.await().until(() -> connections() == 0);
        streams.forEach(LiveStream::close);
        try (LiveStream again = new LiveStream(port, "/live")) {
            assertThat(again.next().name()).isEqualTo("clock");
        }
    }

    /** Before the second heartbeat is due: the first one finds out. */
    @Test
    void areForgottenAtTheFirstHeartbeatAfterTheirPageWasClosed() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> connections() == 0);
        try (LiveStream page = new LiveStream(port, "/live")) {
            page.next("sale");
        }
        Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> connections() == 0);
    }
}
