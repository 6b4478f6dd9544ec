package kr.hhplus.commerce.web.sse;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SsePropertiesTests {

    private static void properties(int connectionsMax, long saleStateMillis, long stockMillis, long heartbeatMillis) {
        properties(connectionsMax, 1, Duration.ofMinutes(1), saleStateMillis, stockMillis, heartbeatMillis);
    }

    private static void properties(
            int connectionsMax,
            int connectionsPerAddressMax,
            Duration durationMax,
            long saleStateMillis,
            long stockMillis,
            long heartbeatMillis) {
        new SseProperties(
                connectionsMax,
                connectionsPerAddressMax,
                durationMax,
                Duration.ofMillis(saleStateMillis),
                Duration.ofMillis(stockMillis),
                Duration.ofMillis(heartbeatMillis));
    }

    @Test
    void takesWhatKeepsAPauseVisibleWithinASecond() {
        assertThatCode(() -> properties(0, 50, 50, 50)).doesNotThrowAnyException();
        assertThatCode(() -> properties(10_000, 500, 10_000, 60_000)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatDoesNot() {
        assertThatThrownBy(() -> properties(-1, 500, 1_000, 15_000)).hasMessageContaining("connections-max");
        assertThatThrownBy(() -> properties(1, 0, Duration.ofMinutes(1), 500, 1_000, 15_000))
                .hasMessageContaining("connections-per-address-max");
        assertThatThrownBy(() -> properties(1, 1, Duration.ofMillis(999), 500, 1_000, 15_000))
                .hasMessageContaining("duration-max");
        assertThatThrownBy(() -> properties(1, 1, Duration.ofHours(25), 500, 1_000, 15_000))
                .hasMessageContaining("duration-max");
        assertThatThrownBy(() -> properties(1, 49, 1_000, 15_000)).hasMessageContaining("sale-state-interval");
        assertThatThrownBy(() -> properties(1, 501, 1_000, 15_000)).hasMessageContaining("sale-state-interval");
        assertThatThrownBy(() -> properties(1, 500, 499, 15_000)).hasMessageContaining("stock-interval");
        assertThatThrownBy(() -> properties(1, 500, 10_001, 15_000)).hasMessageContaining("stock-interval");
        assertThatThrownBy(() -> properties(1, 500, 1_000, 499)).hasMessageContaining("heartbeat");
    }
}
