package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import kr.hhplus.commerce.CommerceApplication;
import kr.hhplus.commerce.testkit.LiveStream;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/** A server that is stopped while pages listen: each stream ends, and the stop waits for none of them. */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownWithSubscribersTests {

    private static ServletWebServerApplicationContext start() {
        TestDatabase database = TestDatabase.create();
        return (ServletWebServerApplicationContext) new SpringApplicationBuilder(CommerceApplication.class, Flood.class)
                .run(
                        "--server.port=0",
                        "--commerce.sample-data=false",
                        "--server.tomcat.connection-timeout=5m",
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=");
    }

    /** One that was there and broke off: it may not be waited for either. */
    private static void leave(ServletWebServerApplicationContext server, int port) {
        try (LiveStream gone = new LiveStream(port, "/probe/flood?name=gone")) {
            gone.next("flood");
        }
        Gauge open = server.getBean(MeterRegistry.class)
                .get("commerce.live.connections")
                .gauge();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> open.value() == 2);
    }

    @Test
    void endsAllOfThemAndWaitsForNone(CapturedOutput output) {
        ServletWebServerApplicationContext server = start();
        int port = server.getWebServer().getPort();
        Flood flood = server.getBean(Flood.class);
        try (LiveStream reading = new LiveStream(port, "/live");
                LiveStream asleep = new LiveStream(port, "/probe/flood?name=asleep")) {
            reading.next("sale");
            leave(server, port);
            // Until its buffers are full and it is told no more.
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> flood.told("asleep") > 0);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                int told = flood.told("asleep");
                int ticks = flood.ticks();
                Awaitility.await().until(() -> flood.ticks() > ticks + 5);
                return flood.told("asleep") == told;
            });
            server.close();
            reading.awaitEnd();
            asleep.awaitEnd();
        } finally {
            server.close();
        }
        assertThat(output.getAll()).contains("Graceful shutdown complete").doesNotContain("Graceful shutdown aborted");
    }
}
