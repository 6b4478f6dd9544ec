package kr.hhplus.commerce.order;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.kernel.Won;

/**
 * An order, in the form in which clients, the data platform and the tables know it.
 *
 * @param currency null in a list, where it stands beside the items
 * @param balance the wallet right after this order was paid or cancelled; null wherever it is only read
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
        Instant cancelledAt) {

    public enum Status {
        PAID,
        CANCELLED
    }

    /** One product of an order, at the price and by the name of that moment. */
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
                at);
    }

    Order withoutBalance() {
        return shown(currency);
    }

    Order listed() {
        return shown(null);
    }

    private Order shown(String shownCurrency) {
        return new Order(
                orderId,
                userId,
                status,
                items,
                totalAmount,
                discountAmount,
                paidAmount,
                shownCurrency,
                couponId,
                null,
                orderedAt,
                cancelledAt);
    }
}
