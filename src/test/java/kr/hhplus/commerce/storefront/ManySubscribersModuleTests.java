package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.LiveStream;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.web.sse.SseHub;
import kr.hhplus.commerce.web.sse.SsePublisher;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.ContextConfiguration;

/** More streams than a small server has room for: buyers keep half of the connections, and other addresses theirs. */
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.live.connections-per-address-max=10",
            "server.tomcat.max-connections=60",
            "server.forward-headers-strategy=native"
        })
class ManySubscribersModuleTests {

    @LocalServerPort
    private int port;

    @Autowired
    private MeterRegistry registry;

    @Autowired
    private SseHub hub;

    private final List<LiveStream> open = new ArrayList<>();

    private static String from(String address) {
        return "X-Forwarded-For: " + address;
    }

    private void listen(int count, String address) {
        for (int i = 0; i < count; i++) {
            LiveStream stream = new LiveStream(port, "/live", from(address));
            open.add(stream);
            assertThat(stream.head()).as("stream %d of %s", i, address).startsWith("HTTP/1.1 200");
        }
    }

    private void isRefused(String address, int status, String code) {
        // One that is not refused never ends: its head says so.
        try (LiveStream stream = new LiveStream(port, "/live", from(address))) {
            assertThat(stream.head()).startsWith("HTTP/1.1 " + status);
        }
        Reply refused = new Wire(port).get("/live", from(address));
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.headers())
                .containsEntry("Content-Type", "application/problem+json")
                .containsKey("Retry-After");
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private void awaitConnections(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> gauge("commerce.live.connections") == count);
    }

    @AfterEach
    void leave() {
        open.forEach(LiveStream::close);
        awaitConnections(0);
    }

    @Test
    void leaveHalfOfTheConnectionsToBuyers() {
        assertThat(gauge("commerce.live.connections.max")).isEqualTo(30);
        for (int address = 1; address <= 3; address++) {
            listen(10, "203.0.113." + address);
        }
        isRefused("203.0.113.4", 503, "OVERLOADED");
        assertThat(new Wire(port).get("/products").status()).isEqualTo(200);
    }

    @Test
    void areCountedByTheAddressOfTheClient() {
        listen(10, "203.0.113.1");
        isRefused("203.0.113.1", 429, "RATE_LIMITED");
        listen(1, "203.0.113.2");
        open.get(0).close();
        awaitConnections(10);
        listen(1, "203.0.113.1");
    }

    /** Its request has no time-out: only the hub can end it. */
    @Test
    void endWhereTheyCannotBegin() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/live");
        request.setAsyncSupported(true);
        MockHttpServletResponse broken = new MockHttpServletResponse() {
            @Override
            public ServletOutputStream getOutputStream() {
                throw new IllegalStateException("broken");
            }
        };
        assertThatThrownBy(() -> hub.subscribe(request, broken, new Silence(), () -> null))
                .hasMessage("broken");
        assertThat(request.isAsyncStarted()).isFalse();
        assertThat(gauge("commerce.live.connections")).isZero();
    }

    private static final class Silence implements SsePublisher {

        @Override
        public Duration period() {
            return Duration.ofSeconds(1);
        }

        @Override
        public void refresh() {
            // Never anything new.
        }
    }

    @Test
    void ofOneIpv6NetworkAreOfOneAddress() {
        for (int host = 1; host <= 10; host++) {
            listen(1, "2001:db8:0:1::" + host);
        }
        isRefused("2001:db8:0:1::ffff", 429, "RATE_LIMITED");
        listen(1, "2001:db8:0:2::1");
    }
}
