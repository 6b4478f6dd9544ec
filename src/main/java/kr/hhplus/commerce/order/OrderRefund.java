package kr.hhplus.commerce.order;

import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.kernel.Won;
import org.jspecify.annotations.Nullable;

/**
 * A refund of pieces of an order.
 *
 * @param amount what the balance got back: the sum of the items' amounts
 * @param currency null in a list, which has one currency for all items, and in an event
 * @param couponReturned whether the order's coupon came back, which it does with the last piece
 * @param restocked whether the pieces went back into stock; if not, they were written off
 * @param reason null: none was given
 * @param balance the balance after this refund; null when a refund is read
 */
public record OrderRefund(
        String refundId,
        String orderId,
        List<Item> items,
        Won amount,
        @Nullable String currency,
        boolean couponReturned,
        boolean restocked,
        @Nullable String reason,
        @Nullable Won balance,
        Instant refundedAt) {

    /**
     * Pieces of one line.
     *
     * @param amount what these pieces cost, after the line's share of the discount
     */
    public record Item(long productId, long quantity, Won amount) {}

    /** Returns the refund as in a list or an event, where the currency is beside it. */
    OrderRefund listed() {
        return new OrderRefund(
                refundId, orderId, items, amount, null, couponReturned, restocked, reason, null, refundedAt);
    }
}
