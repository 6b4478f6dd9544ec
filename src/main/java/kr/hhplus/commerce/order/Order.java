package kr.hhplus.commerce.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.kernel.Won;

/**
 * An order, as in responses, events and tables.
 *
 * @param currency null in a list, which has one currency for all items
 * @param balance the balance after this order was paid or cancelled; null when an order is read
 * @param cancelledAt null unless the order is cancelled
 * @param fulfilledAt when the goods were handed over or sent; null if they were not
 */
public record Order(
        String orderId,
        long userId,
        Status status,
        List<Item> items,
        Won totalAmount,
        Won discountAmount,
        Won paidAmount,
        String currency,
        String couponId,
        Won balance,
        Instant orderedAt,
        Instant cancelledAt,
        Instant fulfilledAt) {

    public enum Status {
        PAID,
        CANCELLED
    }

    /** A line of an order, with the product's name and price at the time of the order. */
    public record Item(long productId, String name, Won unitPrice, long quantity, Won lineAmount) {}

    @JsonIgnore
    public boolean isPaid() {
        return status == Status.PAID;
    }

    Order cancelled(Won newBalance, Instant at) {
        return new Order(
                orderId,
                userId,
                Status.CANCELLED,
                items,
                totalAmount,
                discountAmount,
                paidAmount,
                currency,
                couponId,
                newBalance,
                orderedAt,
                at,
                fulfilledAt);
    }

    Order fulfilled(Instant at) {
        return new Order(
                orderId,
                userId,
                status,
                items,
                totalAmount,
                discountAmount,
                paidAmount,
                currency,
                couponId,
                null,
                orderedAt,
                cancelledAt,
                at);
    }

    Order withoutBalance() {
        return copy(currency);
    }

    Order listed() {
        return copy(null);
    }

    private Order copy(String newCurrency) {
        return new Order(
                orderId,
                userId,
                status,
                items,
                totalAmount,
                discountAmount,
                paidAmount,
                newCurrency,
                couponId,
                null,
                orderedAt,
                cancelledAt,
                fulfilledAt);
    }
}
