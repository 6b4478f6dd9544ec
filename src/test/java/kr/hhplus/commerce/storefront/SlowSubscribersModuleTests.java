package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.LiveStream;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/** Listeners who do not read, who leave, and who are too many: none of them is anybody else's trouble. */
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.live.connections-max=250",
            "commerce.live.heartbeat-interval=500ms",
            "logging.level.kr.hhplus.commerce.storefront=debug",
            "server.tomcat.connection-timeout=3s",
            "server.forward-headers-strategy=native"
        })
@Import(Flood.class)
class SlowSubscribersModuleTests {

    @LocalServerPort
    private int port;

    @Autowired
    private Flood flood;

    @Autowired
    private MeterRegistry registry;

    private final List<LiveStream> open = new ArrayList<>();

    private LiveStream listen(String target) {
        // From several addresses: one alone may not have as many.
        LiveStream stream = new LiveStream(port, target, "X-Forwarded-For: 203.0.113." + open.size() % 4);
        open.add(stream);
        return stream;
    }

    private double connections() {
        return registry.get("commerce.live.connections").gauge().value();
    }

    private void awaitConnections(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> connections() == count);
    }

    @AfterEach
    void leave() {
        open.forEach(LiveStream::close);
        awaitConnections(0);
    }

    @Test
    void whoNeverReadsHoldsNobodyAndIsLetGo() {
        listen("/probe/flood?name=asleep");
        LiveStream awake = listen("/probe/flood?name=awake");
        for (int i = 0; i < 40; i++) {
            assertThat(awake.next("flood").data().length()).isGreaterThan(Flood.BYTES);
        }
        // The buffers on the way take a few; what was missed meanwhile is not kept for later.
        assertThat(flood.told("asleep")).isLessThan(20);
        awake.close();
        awaitConnections(0);
    }

    @Test
    void whoLeavesIsForgottenAndNobodyTicksForNobody() {
        LiveStream gone = listen("/probe/flood?name=gone");
        gone.next("flood");
        gone.close();
        awaitConnections(0);
        int ticks = flood.ticks();
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .until(() -> flood.ticks() <= ticks + 1);
    }

    @Test
    void anIdleListenerHearsAHeartbeatAndIsMissedWhenItHasLeft() {
        LiveStream idle = listen("/live");
        idle.next("sale");
        String line = idle.line();
        while (!line.equals(":")) {
            line = idle.line();
        }
        idle.close();
        awaitConnections(0);
    }

    @Test
    void twoHundredAreToldAtOnce() {
        List<LiveStream> crowd = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            crowd.add(listen("/live?products=" + (i + 1)));
        }
        crowd.forEach(
                stream -> assertThat(stream.next("sale").json().get("paused").booleanValue())
                        .isFalse());
        assertThat(connections()).isEqualTo(200);
        new Wire(port).exchange(put("{\"paused\":true,\"message\":\"soon\"}"));
        crowd.forEach(
                stream -> assertThat(stream.next("sale").json().get("message").textValue())
                        .isEqualTo("soon"));
        new Wire(port).exchange(put("{\"paused\":false}"));
    }

    @Test
    void oneMoreThanThereIsRoomForIsRefusedUntilOneLeaves() {
        for (int i = 0; i < 250; i++) {
            listen("/live");
        }
        open.forEach(stream -> stream.next("clock"));
        Reply refused = new Wire(port).get("/live");
        assertThat(refused.code()).isEqualTo("OVERLOADED");
        assertThat(refused.headers()).containsKey("Retry-After");
        assertThat(registry.get("commerce.live.refused").counter().count()).isPositive();
        open.get(0).close();
        awaitConnections(249);
        listen("/live").next("clock");
    }

    private static byte[] put(String body) {
        return (Wire.head("PUT", "/admin/sale", "Content-Type: application/json", "Content-Length: " + body.length())
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }
}
