package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import kr.hhplus.commerce.web.sse.SseProperties;
import org.junit.jupiter.api.Test;

class LiveSettingsTests {

    private static void settings(int connectionsMax, long tickMillis, long numbersMillis, long heartbeatMillis) {
        settings(connectionsMax, 1, Duration.ofMinutes(1), tickMillis, numbersMillis, heartbeatMillis);
    }

    private static void settings(
            int connectionsMax,
            int connectionsPerAddressMax,
            Duration durationMax,
            long tickMillis,
            long numbersMillis,
            long heartbeatMillis) {
        new SseProperties(
                connectionsMax,
                connectionsPerAddressMax,
                durationMax,
                Duration.ofMillis(tickMillis),
                Duration.ofMillis(numbersMillis),
                Duration.ofMillis(heartbeatMillis));
    }

    @Test
    void takesWhatKeepsAPauseVisibleWithinASecond() {
        assertThatCode(() -> settings(0, 50, 50, 50)).doesNotThrowAnyException();
        assertThatCode(() -> settings(10_000, 500, 10_000, 60_000)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatDoesNot() {
        assertThatThrownBy(() -> settings(-1, 500, 1_000, 15_000)).hasMessageContaining("connections-max");
        assertThatThrownBy(() -> settings(1, 0, Duration.ofMinutes(1), 500, 1_000, 15_000))
                .hasMessageContaining("connections-per-address-max");
        assertThatThrownBy(() -> settings(1, 1, Duration.ofMillis(999), 500, 1_000, 15_000))
                .hasMessageContaining("duration-max");
        assertThatThrownBy(() -> settings(1, 1, Duration.ofHours(25), 500, 1_000, 15_000))
                .hasMessageContaining("duration-max");
        assertThatThrownBy(() -> settings(1, 49, 1_000, 15_000)).hasMessageContaining("tick");
        assertThatThrownBy(() -> settings(1, 501, 1_000, 15_000)).hasMessageContaining("tick");
        assertThatThrownBy(() -> settings(1, 500, 499, 15_000)).hasMessageContaining("numbers-interval");
        assertThatThrownBy(() -> settings(1, 500, 10_001, 15_000)).hasMessageContaining("numbers-interval");
        assertThatThrownBy(() -> settings(1, 500, 1_000, 499)).hasMessageContaining("heartbeat");
    }
}
