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
 * Sums up the quantities sold, refunded and cancelled in a batch of events, by bucket. Refunds and cancellations count
 * in the minute of the payment.
 */
final class SalesAccumulator {

    /** The key of one sum in the table. Its order is the order in which rows are locked. */
    record Bucket(BucketWidth width, Instant start, long productId) implements Comparable<Bucket> {

        private static final Comparator<Bucket> ORDER =
                Comparator.comparing(Bucket::width).thenComparing(Bucket::start).thenComparingLong(Bucket::productId);

        @Override
        public int compareTo(Bucket other) {
            return ORDER.compare(this, other);
        }
    }

    private final StoredJson json;
    private final Map<Bucket, Long> quantities = new TreeMap<>();

    SalesAccumulator(StoredJson json) {
        this.json = json;
    }

    void add(StoredEvent event) {
        OrderEvent order = OrderEvent.read(event, json);
        for (OrderEvent.Line line : order.items()) {
            for (BucketWidth width : BucketWidth.values()) {
                Bucket bucket = new Bucket(width, width.floor(order.orderedAt()), line.productId());
                quantities.merge(bucket, order.sign() * line.quantity(), Math::addExact);
            }
        }
    }

    Map<Bucket, Long> quantities() {
        return Collections.unmodifiableMap(quantities);
    }
}
