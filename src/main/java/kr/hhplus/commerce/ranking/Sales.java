package kr.hhplus.commerce.ranking;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import kr.hhplus.commerce.eventlog.OrderEvent;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.kernel.json.StoredJson;

/**
 * Sums up the quantities sold and cancelled in a batch of events, by bucket. A cancellation counts in the minute of the
 * payment.
 */
final class Sales {

    /** The key of one sum in the table. Its order is the order in which rows are locked. */
    record Bucket(Span span, Instant start, long productId) implements Comparable<Bucket> {

        private static final Comparator<Bucket> ORDER =
                Comparator.comparing(Bucket::span).thenComparing(Bucket::start).thenComparingLong(Bucket::productId);

        @Override
        public int compareTo(Bucket other) {
            return ORDER.compare(this, other);
        }
    }

    private final StoredJson json;
    private final Map<Bucket, Long> quantities = new TreeMap<>();

    Sales(StoredJson json) {
        this.json = json;
    }

    void add(StoredEvent event) {
        OrderEvent order = OrderEvent.read(event, json);
        for (OrderEvent.Line line : order.items()) {
            for (Span span : Span.values()) {
                Bucket bucket = new Bucket(span, span.floor(order.orderedAt()), line.productId());
                quantities.merge(bucket, order.sign() * line.quantity(), Math::addExact);
            }
        }
    }

    Map<Bucket, Long> quantities() {
        return Collections.unmodifiableMap(quantities);
    }
}
