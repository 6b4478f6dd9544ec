package kr.hhplus.commerce.web.sse;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits and intervals of the event streams.
 *
 * @param connectionsMax open streams, at most half of the connections that the server accepts; one more is rejected
 *     with 503
 * @param connectionsPerAddressMax open streams of one client address, at most half of all; one more is rejected with
 *     429
 * @param durationMax how long a stream stays open before the server ends it and the browser reconnects; each ends at a
 *     random moment of the last fifth, so that browsers do not reconnect at the same time
 * @param saleStateInterval how often the state of the sale is read while there are subscribers
 * @param stockInterval how often, at most, stock and available coupons are read and sent to every page
 * @param heartbeatInterval after this time without events the server sends a comment line, and another at the next
 *     refresh, which fails if the client has closed the connection
 */
@ConfigurationProperties("commerce.live")
public record SseProperties(
        @DefaultValue("4000") int connectionsMax,
        @DefaultValue("500") int connectionsPerAddressMax,
        @DefaultValue("10m") Duration durationMax,
        @DefaultValue("500ms") Duration saleStateInterval,
        @DefaultValue("1s") Duration stockInterval,
        @DefaultValue("5s") Duration heartbeatInterval) {

    private static final Duration SALE_STATE_INTERVAL_MIN = Duration.ofMillis(50);
    private static final Duration SALE_STATE_INTERVAL_MAX = Duration.ofMillis(500);
    private static final Duration DURATION_MIN = Duration.ofSeconds(1);
    private static final Duration DURATION_MAX = Duration.ofHours(24);
    private static final Duration STOCK_INTERVAL_MAX = Duration.ofSeconds(10);

    public SseProperties {
        if (connectionsMax < 0) {
            throw new IllegalArgumentException("commerce.live.connections-max must not be negative");
        }
        if (connectionsPerAddressMax < 1) {
            throw new IllegalArgumentException("commerce.live.connections-per-address-max must be positive");
        }
        if (durationMax.compareTo(DURATION_MIN) < 0 || durationMax.compareTo(DURATION_MAX) > 0) {
            throw new IllegalArgumentException("commerce.live.duration-max must be from 1s to 24h");
        }
        if (saleStateInterval.compareTo(SALE_STATE_INTERVAL_MIN) < 0
                || saleStateInterval.compareTo(SALE_STATE_INTERVAL_MAX) > 0) {
            throw new IllegalArgumentException("commerce.live.sale-state-interval must be from 50ms to 500ms");
        }
        if (stockInterval.compareTo(saleStateInterval) < 0 || stockInterval.compareTo(STOCK_INTERVAL_MAX) > 0) {
            throw new IllegalArgumentException(
                    "commerce.live.stock-interval must be from commerce.live.sale-state-interval to 10s");
        }
        if (heartbeatInterval.compareTo(saleStateInterval) < 0) {
            throw new IllegalArgumentException(
                    "commerce.live.heartbeat-interval must not be shorter than commerce.live.sale-state-interval");
        }
    }
}
