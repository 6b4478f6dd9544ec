package kr.hhplus.commerce.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderCommand.RefundOrder;
import kr.hhplus.commerce.order.OrderRefusal.Cause;
import kr.hhplus.commerce.order.OrderRefusal.OrderNotRefundable;
import kr.hhplus.commerce.order.OrderRefusal.RefundExceedsOrder;

/** Decides refunds of pieces. Checks all refusals in the order of the error codes before it changes anything. */
final class RefundRules {

    private RefundRules() {}

    /**
     * Refunds pieces of an order: restores balance, stock and the user's purchase count, and with the last piece the
     * coupon.
     *
     * @param cancelWithin how long after the order its buyer may refund pieces
     */
    static CommandResult<OrderRefund> refund(
            RefundOrder command, OrderBatch batch, long refundId, Duration cancelWithin, Instant now) {
        Optional<Order> found = batch.find(IdText.of(command.orderId()));
        if (found.isEmpty()) {
            return CommandResult.refused(Refusal.of(ErrorCode.ORDER_NOT_FOUND));
        }
        Order order = found.get();
        Optional<Refusal> refusal = checkRefundable(order, command.operator(), cancelWithin, now)
                .or(() -> checkQuantities(order, command.quantities()));
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        List<OrderRefund.Item> items = worth(order, command.quantities());
        Order refunded = order.refunded(takeBack(order, command.quantities()));
        Won amount = items.stream().map(OrderRefund.Item::amount).reduce(Won.ZERO, Won::plus);
        for (OrderRefund.Item item : items) {
            if (command.restock()) {
                batch.stock().putBack(item.productId(), item.quantity());
            } else {
                batch.stock().writeOff(item.productId(), item.quantity(), "refund " + IdText.of(refundId), now);
            }
        }
        boolean couponReturned = order.couponId() != null && refunded.status() == Order.Status.REFUNDED;
        if (couponReturned) {
            batch.coupons().giveBack(order.couponId(), order.orderId(), now);
        }
        Won balance = batch.balances()
                .refund(order.userId(), amount, command.orderId(), now)
                .balanceAfter();
        OrderRefund refund = new OrderRefund(
                IdText.of(refundId),
                order.orderId(),
                items,
                amount,
                Won.CURRENCY,
                couponReturned,
                command.restock(),
                command.reason(),
                balance,
                now);
        batch.addRefunded(refunded, refund);
        return CommandResult.done(refund);
    }

    static Optional<Refusal> checkRefundable(Order order, boolean operator, Duration cancelWithin, Instant now) {
        Optional<Cause> cause =
                switch (order.status()) {
                    case CANCELLED -> Optional.of(Cause.CANCELLED);
                    case REFUNDED -> Optional.of(Cause.REFUNDED);
                    case PAID, PARTIALLY_REFUNDED ->
                        operator ? Optional.empty() : OrderRules.whyNotByBuyer(order, cancelWithin, now);
                };
        return cause.map(OrderNotRefundable::new);
    }

    private static Optional<Refusal> checkQuantities(Order order, SortedMap<Long, Long> quantities) {
        Map<Long, Order.Item> lines =
                order.items().stream().collect(Collectors.toMap(Order.Item::productId, Function.identity()));
        for (Map.Entry<Long, Long> wanted : quantities.entrySet()) {
            Order.Item line = lines.get(wanted.getKey());
            long available = line == null ? 0 : line.remaining();
            if (wanted.getValue() > available) {
                boolean refundedBefore = line != null && wanted.getValue() <= line.quantity();
                return Optional.of(new RefundExceedsOrder(
                        wanted.getKey(), available, wanted.getValue(), refundedBefore ? Cause.REFUNDED : null));
            }
        }
        return Optional.empty();
    }

    /** Returns the pieces in the order of the lines, with what they are worth. */
    private static List<OrderRefund.Item> worth(Order order, Map<Long, Long> quantities) {
        List<Won> paid = RefundShares.paidByLine(order);
        List<OrderRefund.Item> items = new ArrayList<>();
        for (int i = 0; i < paid.size(); i++) {
            Order.Item line = order.items().get(i);
            Long pieces = quantities.get(line.productId());
            if (pieces != null) {
                Won amount = RefundShares.worth(paid.get(i), line.quantity(), line.refunded(), pieces);
                items.add(new OrderRefund.Item(line.productId(), pieces, amount));
            }
        }
        return items;
    }

    private static List<Order.Item> takeBack(Order order, Map<Long, Long> quantities) {
        return order.items().stream()
                .map(line -> line.withRefunded(line.refunded() + quantities.getOrDefault(line.productId(), 0L)))
                .toList();
    }
}
