package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.kernel.json.StoredJson;
import org.jspecify.annotations.Nullable;

/**
 * The items of an event, for consumers that count what was sold: of the order, or of its refund.
 *
 * @param sign 1 if the items were paid, -1 if they were refunded or cancelled, 0 if what was sold stays the same
 * @param orderedAt the time of the payment, also for a refund or a cancellation
 */
public record OrderEvent(int sign, Instant orderedAt, List<Line> items) {

    /** A quantity of one product. */
    public record Line(long productId, long quantity) {}

    private record Body(Order data) {}

    private record Order(
            Instant orderedAt, List<Line> items, @Nullable Refund refund) {}

    private record Refund(List<Line> items) {}

    /**
     * Reads the body of an event.
     *
     * @throws IllegalStateException if the type of the event is unknown, or its body cannot be read
     */
    public static OrderEvent read(StoredEvent event, StoredJson json) {
        int sign =
                switch (event.type()) {
                    case "OrderPaid" -> 1;
                    case "OrderCancelled", "OrderRefunded" -> -1;
                    case "OrderFulfilled" -> 0;
                    default ->
                        throw new IllegalStateException(
                                "event " + event.id() + " has an unknown type: " + event.type());
                };
        try {
            Order order = json.read(event.body(), Body.class).data();
            Refund refund = order.refund();
            return new OrderEvent(sign, order.orderedAt(), refund == null ? order.items() : refund.items());
        } catch (IllegalStateException e) {
            throw new IllegalStateException("event " + event.id() + " cannot be read", e);
        }
    }
}
