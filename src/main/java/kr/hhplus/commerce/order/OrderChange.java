package kr.hhplus.commerce.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an order, and what the order looks like after it.
 *
 * @param type also the type of the event
 * @param refund what was refunded; null for other changes
 * @param at the time of the change
 */
record OrderChange(Type type, Order order, @Nullable OrderRefund refund, Instant at) {

    enum Type {
        OrderPaid,
        OrderRefunded,
        OrderCancelled,
        OrderFulfilled
    }

    static OrderChange placed(Order order) {
        return new OrderChange(Type.OrderPaid, order, null, order.orderedAt());
    }

    static OrderChange refunded(Order order, OrderRefund refund) {
        return new OrderChange(Type.OrderRefunded, order, refund, refund.refundedAt());
    }

    static OrderChange cancelled(Order order) {
        return new OrderChange(Type.OrderCancelled, order, null, order.cancelledAt());
    }

    static OrderChange fulfilled(Order order) {
        return new OrderChange(Type.OrderFulfilled, order, null, order.fulfilledAt());
    }

    boolean isNewOrder() {
        return type == Type.OrderPaid;
    }
}
