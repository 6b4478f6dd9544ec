package kr.hhplus.commerce.ranking;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.kernel.json.StoredJson;

/**
 * Sums up the quantities sold and cancelled in a batch of events, by bucket. A cancellation counts in the minute of the
 * payment.
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

    private record Event(Order data) {}

    private record Order(Instant orderedAt, List<Line> items) {}

    private record Line(long productId, long quantity) {}

    private final StoredJson json;
    private final Map<Bucket, Long> quantities = new TreeMap<>();

    SalesAccumulator(StoredJson json) {
        this.json = json;
    }

    void add(StoredEvent event) {
        int sign = sign(event);
        Order order = read(event).data();
        for (Line line : order.items()) {
            for (BucketWidth width : BucketWidth.values()) {
                Bucket bucket = new Bucket(width, width.floor(order.orderedAt()), line.productId());
                quantities.merge(bucket, sign * line.quantity(), Math::addExact);
            }
        }
    }

    Map<Bucket, Long> quantities() {
        return Collections.unmodifiableMap(quantities);
    }

    private static int sign(StoredEvent event) {
        return switch (event.type()) {
            case "OrderPaid" -> 1;
            case "OrderCancelled" -> -1;
            default -> throw new IllegalStateException("event " + event.id() + " has an unknown type: " + event.type());
        };
    }

    private Event read(StoredEvent event) {
        try {
            return json.read(event.body(), Event.class);
        } catch (IllegalStateException e) {
            throw new IllegalStateException("event " + event.id() + " cannot be read", e);
        }
    }
}
