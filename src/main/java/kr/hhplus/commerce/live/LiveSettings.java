package kr.hhplus.commerce.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How live pages are fed.
 *
 * @param connectionsMax open connections of all listeners together; one more is refused with 503
 * @param tick how often it is read, while somebody listens, whether the sale goes on
 * @param numbersInterval how often stock and coupons left are read then, at most; every page is written to each time
 * @param heartbeat after so long without news a connection gets an empty line, which also finds out who has left
 */
@ConfigurationProperties("commerce.live")
record LiveSettings(
        @DefaultValue("4000") int connectionsMax,
        @DefaultValue("500ms") Duration tick,
        @DefaultValue("1s") Duration numbersInterval,
        @DefaultValue("15s") Duration heartbeat) {

    private static final Duration TICK_MIN = Duration.ofMillis(50);
    private static final Duration TICK_MAX = Duration.ofMillis(500);
    private static final Duration NUMBERS_INTERVAL_MAX = Duration.ofSeconds(10);

    LiveSettings {
        if (connectionsMax < 0) {
            throw new IllegalArgumentException("commerce.live.connections-max must not be negative");
        }
        if (tick.compareTo(TICK_MIN) < 0 || tick.compareTo(TICK_MAX) > 0) {
            throw new IllegalArgumentException("commerce.live.tick must be from 50ms to 500ms");
        }
        if (numbersInterval.compareTo(tick) < 0 || numbersInterval.compareTo(NUMBERS_INTERVAL_MAX) > 0) {
            throw new IllegalArgumentException("commerce.live.numbers-interval must be from commerce.live.tick to 10s");
        }
        if (heartbeat.compareTo(tick) < 0) {
            throw new IllegalArgumentException("commerce.live.heartbeat must not be shorter than commerce.live.tick");
        }
    }
}
