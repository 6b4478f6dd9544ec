package kr.hhplus.commerce.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.Won;
import org.jspecify.annotations.Nullable;

/**
 * An order, as in responses, events and tables.
 *
 * @param currency null in a list, which has one currency for all items
 * @param balance the balance after this order was paid or cancelled; null when an order is read
 * @param cancelledAt null unless the order is cancelled
 * @param fulfilledAt when the goods were handed over or sent; null if they were not
 * @param attributes what the client keeps with the order; null if nothing
 */
public record Order(
        String orderId,
        long userId,
        Status status,
        List<Item> items,
        Won totalAmount,
        Won discountAmount,
        Won paidAmount,
        @Nullable String currency,
        @Nullable String couponId,
        @Nullable Won balance,
        Instant orderedAt,
        @Nullable Instant cancelledAt,
        @Nullable Instant fulfilledAt,
        @Nullable Map<String, String> attributes) {

    /** What became of the payment. Fulfilment is told by {@code fulfilledAt} alone. */
    public enum Status {
        PAID,
        /** Some pieces were refunded. */
        PARTIALLY_REFUNDED,
        /** All pieces were refunded, by one or several refunds. */
        REFUNDED,
        /** The whole order was undone at once. */
        CANCELLED
    }

    /**
     * A line of an order, with the product's name and price at the time of the order.
     *
     * @param refundedQuantity pieces that were refunded; null if none
     */
    public record Item(
            long productId,
            String name,
            Won unitPrice,
            long quantity,
            Won lineAmount,
            @Nullable Long refundedQuantity) {

        /** Returns the pieces that are not refunded. */
        public long remaining() {
            return quantity - refunded();
        }

        long refunded() {
            return refundedQuantity == null ? 0 : refundedQuantity;
        }

        Item withRefunded(long pieces) {
            return new Item(
                    productId, name, unitPrice, quantity, lineAmount, pieces == 0 ? null : Long.valueOf(pieces));
        }
    }

    /** Returns whether the order is paid and nothing of it has been refunded. */
    @JsonIgnore
    public boolean isPaid() {
        return status == Status.PAID;
    }

    /** Returns whether pieces of the order are still paid for. */
    @JsonIgnore
    public boolean isLive() {
        return status == Status.PAID || status == Status.PARTIALLY_REFUNDED;
    }

    /** Returns the names of the products by id. */
    public Map<Long, String> names() {
        return items.stream().collect(Collectors.toMap(Item::productId, Item::name));
    }

    Order cancelled(Won newBalance, Instant at) {
        return copy(Status.CANCELLED, items, currency, newBalance, at, fulfilledAt);
    }

    Order fulfilled(Instant at) {
        return copy(status, items, currency, null, cancelledAt, at);
    }

    /** Returns the order after a refund; its status follows from what is left. */
    Order refunded(List<Item> newItems) {
        boolean anyLeft = newItems.stream().anyMatch(item -> item.remaining() > 0);
        Status newStatus = anyLeft ? Status.PARTIALLY_REFUNDED : Status.REFUNDED;
        return copy(newStatus, newItems, currency, null, cancelledAt, fulfilledAt);
    }

    Order withoutBalance() {
        return copy(status, items, currency, null, cancelledAt, fulfilledAt);
    }

    Order listed() {
        return copy(status, items, null, null, cancelledAt, fulfilledAt);
    }

    private Order copy(
            Status newStatus,
            List<Item> newItems,
            @Nullable String newCurrency,
            @Nullable Won newBalance,
            @Nullable Instant newCancelledAt,
            @Nullable Instant newFulfilledAt) {
        return new Order(
                orderId,
                userId,
                newStatus,
                newItems,
                totalAmount,
                discountAmount,
                paidAmount,
                newCurrency,
                couponId,
                newBalance,
                orderedAt,
                newCancelledAt,
                newFulfilledAt,
                attributes);
    }
}
