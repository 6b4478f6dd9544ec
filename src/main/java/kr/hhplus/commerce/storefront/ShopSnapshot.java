package kr.hhplus.commerce.storefront;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.sale.SaleSwitch;

/** The shop at one instant, and the texts that tell what has changed since another one: each is made once for all. */
final class ShopSnapshot {

    private static final int KEPT_MAX = 10_000;

    private final long number;
    private final Map<Long, Long> stock;
    private final Map<Long, Long> remaining;
    private final SaleSwitch.State sale;
    private final String saleText;
    private final Map<Question, byte[]> told = new ConcurrentHashMap<>();

    private record Question(long since, ShopSubscription wanted) {}

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

    /** The next look, where no more than the sale has been read anew. */
    ShopSnapshot with(SaleSwitch.State newSale, String newSaleText) {
        return new ShopSnapshot(number + 1, stock, remaining, newSale, newSaleText);
    }

    boolean isSame(ShopSnapshot other) {
        return stock.equals(other.stock) && remaining.equals(other.remaining) && sale.equals(other.sale);
    }

    /** @return events for whatever differs, empty where nothing of it is wanted; everything, where there was no look */
    byte[] since(ShopSnapshot before, ShopSubscription wanted) {
        Question question = new Question(before == null ? -1 : before.number, wanted);
        byte[] known = told.get(question);
        if (known != null) {
            return known;
        }
        byte[] events = tell(before, wanted).getBytes(StandardCharsets.UTF_8);
        if (told.size() < KEPT_MAX) {
            told.put(question, events);
        }
        return events;
    }

    private String tell(ShopSnapshot before, ShopSubscription wanted) {
        StringBuilder events = new StringBuilder();
        tell(events, "stock", wanted.products(), stock, before == null ? null : before.stock);
        tell(events, "campaigns", wanted.campaigns(), remaining, before == null ? null : before.remaining);
        if (before == null || !sale.equals(before.sale)) {
            event(events, "sale", saleText);
        }
        return events.toString();
    }

    private static void tell(
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
