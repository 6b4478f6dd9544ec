package kr.hhplus.commerce.storefront;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.ListedProduct;
import kr.hhplus.commerce.catalog.ProductList;
import kr.hhplus.commerce.promotion.Campaigns;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.web.sse.SseProperties;
import kr.hhplus.commerce.web.sse.SsePublisher;
import kr.hhplus.commerce.web.sse.SseSubscriber;
import org.springframework.stereotype.Component;

/** Publishes stock, remaining coupons and the sale status. Each snapshot is read once for all subscribers. */
@Component
final class ShopPublisher implements SsePublisher {

    private static final byte[] EMPTY = {};

    private final ProductList products;
    private final Campaigns campaigns;
    private final SaleSwitch sale;
    private final ObjectMapper json;
    private final Clock clock;
    private final Duration period;
    private final long stockIntervalNanos;
    private volatile ShopSnapshot snapshot;
    private volatile long readNanos;
    private long stockReadNanos;

    ShopPublisher(
            ProductList products,
            Campaigns campaigns,
            SaleSwitch sale,
            ObjectMapper json,
            Clock clock,
            SseProperties properties) {
        this.products = products;
        this.campaigns = campaigns;
        this.sale = sale;
        this.json = json;
        this.clock = clock;
        this.period = properties.saleStateInterval();
        this.stockIntervalNanos = properties.stockInterval().toNanos();
    }

    @Override
    public Duration period() {
        return period;
    }

    @Override
    public synchronized void refresh() {
        long startNanos = System.nanoTime();
        SaleSwitch.State state = sale.state();
        ShopSnapshot before = snapshot;
        boolean withStock = before == null || startNanos - stockReadNanos >= stockIntervalNanos;
        ShopSnapshot now = withStock ? readAll(before, state) : before.with(state, text(state));
        if (before == null || !now.isSame(before)) {
            snapshot = now;
        }
        if (withStock) {
            stockReadNanos = startNanos;
        }
        readNanos = startNanos;
    }

    private ShopSnapshot readAll(ShopSnapshot before, SaleSwitch.State state) {
        return new ShopSnapshot(
                before == null ? 0 : before.number() + 1,
                products.all().stream().collect(Collectors.toMap(ListedProduct::productId, ListedProduct::stock)),
                campaigns.remainingAt(clock.instant()),
                state,
                text(state));
    }

    private String text(SaleSwitch.State state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("paused", state.paused());
        fields.put("message", state.message() == null ? "" : state.message());
        try {
            return json.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state of the sale cannot be serialized", e);
        }
    }

    /** Creates a subscriber. Its first events are the server's time and all current values of the subscription. */
    SseSubscriber subscriber(ShopSubscription subscription) {
        readUnlessFresh();
        return new SseSubscriber() {
            private ShopSnapshot seen;

            @Override
            public byte[] next() {
                ShopSnapshot now = snapshot;
                if (now == seen) {
                    return null;
                }
                byte[] events = now.since(seen, subscription);
                byte[] first = seen == null ? firstEvents() : EMPTY;
                seen = now;
                return first.length == 0 ? (events.length == 0 ? null : events) : joined(first, events);
            }
        };
    }

    /** The hub refreshes only while there are subscribers, so the first one may find an old snapshot or none. */
    private void readUnlessFresh() {
        if (snapshot == null || isOld()) {
            synchronized (this) {
                if (snapshot == null || isOld()) {
                    refresh();
                }
            }
        }
    }

    private boolean isOld() {
        return System.nanoTime() - readNanos > 2 * period.toNanos();
    }

    private byte[] firstEvents() {
        StringBuilder events = new StringBuilder("retry: 2000\n\n");
        ShopSnapshot.event(events, "clock", "{\"now\":" + clock.millis() + "}");
        return events.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
