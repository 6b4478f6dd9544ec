package kr.hhplus.commerce.order;

import java.time.Instant;

/**
 * A change of an order, and what the order looks like after it.
 *
 * @param type also the type of the event
 * @param at the time of the change
 */
record OrderChange(Type type, Order order, Instant at) {

    enum Type {
        OrderPaid,
        OrderCancelled,
        OrderFulfilled
    }

    static OrderChange placed(Order order) {
        return new OrderChange(Type.OrderPaid, order, order.orderedAt());
    }

    static OrderChange cancelled(Order order) {
        return new OrderChange(Type.OrderCancelled, order, order.cancelledAt());
    }

    static OrderChange fulfilled(Order order) {
        return new OrderChange(Type.OrderFulfilled, order, order.fulfilledAt());
    }

    boolean isNewOrder() {
        return type == Type.OrderPaid;
    }
}
