package kr.hhplus.commerce.storefront;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.sale.SaleSwitch;

/** The shop at one instant, and the events since an earlier snapshot, which are serialized once per subscription. */
final class ShopSnapshot {

    private static final int CACHED_MAX = 10_000;

    private final long number;
    private final Map<Long, Long> stock;
    private final Map<Long, Long> remaining;
    private final SaleSwitch.State sale;
    private final String saleText;
    private final Map<EventsKey, byte[]> serialized = new ConcurrentHashMap<>();

    private record EventsKey(long since, ShopSubscription subscription) {}

    /**
     * @param stock by product
     * @param remaining by campaign
     * @param saleText the sale's state as JSON
     */
    ShopSnapshot(
            long number, Map<Long, Long> stock, Map<Long, Long> remaining, SaleSwitch.State sale, String saleText) {
        this.number = number;
        this.stock = stock;
        this.remaining = remaining;
        this.sale = sale;
        this.saleText = saleText;
    }

    long number() {
        return number;
    }

    /** Returns the next snapshot, with only a new sale status. */
    ShopSnapshot with(SaleSwitch.State newSale, String newSaleText) {
        return new ShopSnapshot(number + 1, stock, remaining, newSale, newSaleText);
    }

    boolean isSame(ShopSnapshot other) {
        return stock.equals(other.stock) && remaining.equals(other.remaining) && sale.equals(other.sale);
    }

    /**
     * Serializes the changes since an earlier snapshot.
     *
     * @param before null if everything is new
     * @return events in SSE format; empty if nothing of the subscription has changed
     */
    byte[] since(ShopSnapshot before, ShopSubscription subscription) {
        EventsKey key = new EventsKey(before == null ? -1 : before.number, subscription);
        byte[] cached = serialized.get(key);
        if (cached != null) {
            return cached;
        }
        byte[] events = write(before, subscription).getBytes(StandardCharsets.UTF_8);
        if (serialized.size() < CACHED_MAX) {
            serialized.put(key, events);
        }
        return events;
    }

    private String write(ShopSnapshot before, ShopSubscription subscription) {
        StringBuilder events = new StringBuilder();
        write(events, "stock", subscription.products(), stock, before == null ? null : before.stock);
        write(events, "campaigns", subscription.campaigns(), remaining, before == null ? null : before.remaining);
        if (before == null || !sale.equals(before.sale)) {
            event(events, "sale", saleText);
        }
        return events.toString();
    }

    private static void write(
            StringBuilder events, String name, List<Long> ids, Map<Long, Long> now, Map<Long, Long> before) {
        StringBuilder numbers = new StringBuilder();
        for (Long id : ids) {
            Long value = now.get(id);
            if (value != null && (before == null || !Objects.equals(value, before.get(id)))) {
                numbers.append(numbers.isEmpty() ? "{\"" : ",\"")
                        .append(id)
                        .append("\":")
                        .append(value);
            }
        }
        if (!numbers.isEmpty()) {
            event(events, name, numbers.append('}'));
        }
    }

    static void event(StringBuilder events, String name, CharSequence data) {
        events.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
    }
}
