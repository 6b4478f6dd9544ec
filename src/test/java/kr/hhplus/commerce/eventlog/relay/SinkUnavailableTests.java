package kr.hhplus.commerce.eventlog.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.kernel.time.BackgroundTask;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A platform that fails, knows nothing of its own and is back later. */
@OnDatabase
class SinkUnavailableTests {

    private static final BackgroundTask.Backoff BACKOFF =
            new BackgroundTask.Backoff(Duration.ofMillis(1), Duration.ofSeconds(5));

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final LogFixture fixture = new LogFixture();
    private final Platform platform = new Platform();
    private final EventRelay relay = new Given(fixture, new SimpleMeterRegistry()).relay(platform, 3);

    @AfterEach
    void closeDatabase() {
        relay.close();
        fixture.close();
    }

    @Test
    void getsEveryEventOnceItIsBack() {
        for (int order = 1; order <= 10; order++) {
            fixture.append(LogFixture.paid(order, NOON, new Line(1, 1)));
        }
        platform.failuresLeft.set(3);
        AtomicInteger failures = new AtomicInteger();
        BackgroundTask loop = new BackgroundTask("test-relay", Duration.ofMillis(1), BACKOFF, relay::step, () -> {
            assertThat(fixture.offsets.position(EventRelay.CONSUMER)).isEqualTo(platform.arrived.size());
            relay.failed();
            failures.incrementAndGet();
        });
        loop.start();
        Awaitility.await().untilAsserted(() -> assertThat(fixture.offsets.behind(EventRelay.CONSUMER))
                .isZero());
        loop.stop();
        assertThat(loop.isRunning()).isFalse();
        assertThat(failures).hasValue(3);
        assertThat(platform.arrived)
                .isEqualTo(LongStream.rangeClosed(1, 10).boxed().toList());
    }

    @Test
    void isRecordedAsDeliveredOnlyAfterwards() throws Exception {
        fixture.append(LogFixture.paid(1, NOON, new Line(1, 1)));
        platform.failuresLeft.set(1);
        try {
            relay.step();
        } catch (IOException e) {
            relay.failed();
        }
        assertThat(fixture.offsets.position(EventRelay.CONSUMER)).isZero();
        relay.step();
        assertThat(fixture.offsets.position(EventRelay.CONSUMER)).isEqualTo(1);
        assertThat(platform.arrived).containsExactly(1L);
    }
}
