package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.catalog.ProductList;
import kr.hhplus.commerce.promotion.Campaigns;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.web.sse.SseProperties;
import kr.hhplus.commerce.web.sse.SseSubscriber;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often buyers hear what: of a pause with each tick, of numbers less often. */
class ShopPublisherTests {

    private static final long CAMPAIGN = 7;

    private final ProductList products = mock(ProductList.class);
    private final Campaigns campaigns = mock(Campaigns.class);
    private final SaleSwitch sale = mock(SaleSwitch.class);

    @BeforeEach
    void openShop() {
        when(products.all()).thenReturn(List.of());
        left(10);
        paused(false);
    }

    private void left(long coupons) {
        when(campaigns.remainingAt(any())).thenReturn(Map.of(CAMPAIGN, coupons));
    }

    private void paused(boolean paused) {
        when(sale.state()).thenReturn(new SaleSwitch.State(paused, null));
    }

    private ShopPublisher window(Duration numbersInterval) {
        SseProperties properties = new SseProperties(
                10, 10, Duration.ofMinutes(10), Duration.ofMillis(50), numbersInterval, Duration.ofSeconds(15));
        return new ShopPublisher(products, campaigns, sale, new ObjectMapper(), Clock.systemUTC(), properties);
    }

    private static SseSubscriber subscriber(ShopPublisher window) {
        return window.subscriber(new ShopSubscription(List.of(), List.of(CAMPAIGN)));
    }

    private static String heard(SseSubscriber subscriber) {
        byte[] events = subscriber.next();
        return events == null ? "" : new String(events, StandardCharsets.UTF_8);
    }

    @Test
    void aPauseIsToldBeforeNumbersAreDue() {
        ShopPublisher window = window(Duration.ofSeconds(10));
        SseSubscriber page = subscriber(window);
        assertThat(heard(page)).contains("{\"7\":10}", "\"paused\":false");
        left(9);
        paused(true);
        window.refresh();
        assertThat(heard(page)).contains("\"paused\":true").doesNotContain("campaigns");
        window.refresh();
        assertThat(heard(page)).isEmpty();
    }

    @Test
    void numbersAreToldWhenTheyAreDueAndSomeOfThemHaveChanged() {
        ShopPublisher window = window(Duration.ofMillis(50));
        SseSubscriber page = subscriber(window);
        assertThat(heard(page)).contains("{\"7\":10}");
        left(9);
        Awaitility.await().untilAsserted(() -> {
            window.refresh();
            assertThat(heard(page)).contains("{\"7\":9}").doesNotContain("sale");
        });
    }

    @Test
    void numbersOfALaterPauseAreThoseThatWereToldLast() {
        ShopPublisher window = window(Duration.ofSeconds(10));
        left(8);
        SseSubscriber early = subscriber(window);
        assertThat(heard(early)).contains("{\"7\":8}");
        left(1);
        paused(true);
        window.refresh();
        assertThat(heard(subscriber(window))).contains("{\"7\":8}", "\"paused\":true");
    }
}
