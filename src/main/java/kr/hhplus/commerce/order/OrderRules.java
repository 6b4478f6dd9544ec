package kr.hhplus.commerce.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.ProductRefusal.InsufficientStock;
import kr.hhplus.commerce.catalog.ProductRefusal.ProductNotFound;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.order.OrderRefusal.CouponNotApplicable;
import kr.hhplus.commerce.order.OrderRefusal.InsufficientBalance;
import kr.hhplus.commerce.order.OrderRefusal.PurchaseLimitExceeded;
import kr.hhplus.commerce.order.OrderRefusal.SaleNotOpen;
import kr.hhplus.commerce.promotion.Coupon;

/** Decides orders: first everything that could be against one, in the order of the error codes, then all effects. */
final class OrderRules {

    private OrderRules() {}

    static CommandResult<Order> place(PlaceOrder command, OrderBatch batch, long orderId, Instant now) {
        Optional<Refusal> refusal = againstTheLines(command, batch, now);
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        Price price = price(command, batch);
        Optional<Coupon> coupon = coupon(command, batch);
        refusal = coupon.flatMap(c -> unusable(c, price.total(), now))
                .or(() -> shortOfMoney(batch.balances().balanceOf(command.userId()), price.paid()));
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        String id = IdText.of(orderId);
        coupon.ifPresent(c -> batch.coupons().use(c, id, now));
        command.pieces().forEach(batch.stock()::take);
        Won balance = batch.balances()
                .pay(command.userId(), price.paid(), orderId, now)
                .balanceAfter();
        Order order = new Order(
                id,
                command.userId(),
                Order.Status.PAID,
                price.items(),
                price.total(),
                price.discount(),
                price.paid(),
                Won.CURRENCY,
                command.couponId(),
                balance,
                now,
                null);
        batch.placed(order);
        return CommandResult.done(order);
    }

    /** What an order costs, whether it can be had or not. */
    record Price(List<Order.Item> items, Won total, Won discount, Won paid) {}

    /** Each product has to be on the shelf; a coupon counts where it is the user's. */
    static Price price(PlaceOrder command, OrderBatch batch) {
        List<Order.Item> items = items(command, batch);
        Won total = items.stream().map(Order.Item::lineAmount).reduce(Won.ZERO, Won::plus);
        Won discount = coupon(command, batch).map(c -> c.discount().on(total)).orElse(Won.ZERO);
        return new Price(items, total, discount, total.minus(discount));
    }

    private static Optional<Refusal> againstTheLines(PlaceOrder command, OrderBatch batch, Instant now) {
        return batch.pause()
                .<Refusal>map(pause -> pause)
                .or(() -> eachProduct(command, (id, pieces) -> unknown(batch, id)))
                .or(() -> unknownCoupon(command, batch))
                .or(() -> eachProduct(command, (id, pieces) -> closed(batch, id, now)))
                .or(() -> eachProduct(command, (id, pieces) -> beyondLimit(command.userId(), batch, id, pieces)))
                .or(() -> eachProduct(command, (id, pieces) -> shortOfStock(batch, id, pieces)));
    }

    /** Gives back stock, money, coupon and the user's share of a purchase limit, once. */
    static CommandResult<Order> cancel(CancelOrder command, OrderBatch batch, Instant now) {
        Optional<Order> found = batch.find(IdText.of(command.orderId()));
        if (found.isEmpty()) {
            return CommandResult.refused(OrderRefusal.ORDER_NOT_FOUND);
        }
        Order order = found.get();
        if (!order.isPaid()) {
            return CommandResult.refused(OrderRefusal.ORDER_NOT_CANCELLABLE);
        }
        order.items().forEach(item -> batch.stock().putBack(item.productId(), item.quantity()));
        if (order.couponId() != null) {
            batch.coupons().giveBack(order.couponId(), order.orderId(), now);
        }
        Won balance = batch.balances()
                .refund(order.userId(), order.paidAmount(), command.orderId(), now)
                .balanceAfter();
        Order cancelled = order.cancelled(balance, now);
        batch.cancelled(cancelled);
        return CommandResult.done(cancelled);
    }

    private static Optional<Refusal> eachProduct(PlaceOrder command, BiFunction<Long, Long, Optional<Refusal>> check) {
        for (Map.Entry<Long, Long> line : command.pieces().entrySet()) {
            Optional<Refusal> refusal = check.apply(line.getKey(), line.getValue());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Product product(OrderBatch batch, long productId) {
        return batch.stock().find(productId).orElseThrow();
    }

    private static Optional<Refusal> unknown(OrderBatch batch, long productId) {
        return batch.stock().find(productId).isPresent()
                ? Optional.empty()
                : Optional.of(new ProductNotFound(productId));
    }

    private static Optional<Coupon> coupon(PlaceOrder command, OrderBatch batch) {
        return command.couponId() == null
                ? Optional.empty()
                : batch.coupons().find(command.couponId(), command.userId());
    }

    private static Optional<Refusal> unknownCoupon(PlaceOrder command, OrderBatch batch) {
        return command.couponId() == null || coupon(command, batch).isPresent()
                ? Optional.empty()
                : Optional.of(OrderRefusal.COUPON_NOT_FOUND);
    }

    private static Optional<Refusal> closed(OrderBatch batch, long productId, Instant now) {
        return product(batch, productId).isOnSale(now) ? Optional.empty() : Optional.of(new SaleNotOpen(productId));
    }

    private static Optional<Refusal> beyondLimit(long userId, OrderBatch batch, long productId, long pieces) {
        if (!batch.stock().bindsPurchaseLimit(productId)) {
            return Optional.empty();
        }
        long limit = product(batch, productId).purchaseLimit();
        long available = Math.max(0, limit - batch.held(userId, productId));
        return pieces <= available
                ? Optional.empty()
                : Optional.of(new PurchaseLimitExceeded(productId, limit, available, pieces));
    }

    private static Optional<Refusal> shortOfStock(OrderBatch batch, long productId, long pieces) {
        long available = product(batch, productId).stock();
        return pieces <= available
                ? Optional.empty()
                : Optional.of(new InsufficientStock(productId, available, pieces));
    }

    static Optional<Refusal> unusable(Coupon coupon, Won total, Instant now) {
        if (coupon.isUsed()) {
            return Optional.of(OrderRefusal.COUPON_ALREADY_USED);
        }
        if (coupon.isExpired(now)) {
            return Optional.of(OrderRefusal.COUPON_EXPIRED);
        }
        Won required = leastTotal(coupon);
        return total.isLessThan(required) ? Optional.of(new CouponNotApplicable(total, required)) : Optional.empty();
    }

    /** What its campaign asks for, and never so little that the coupon would be spent for a discount of 0. */
    private static Won leastTotal(Coupon coupon) {
        Won forADiscount = coupon.discount().leastTotal();
        return coupon.minOrderAmount().isLessThan(forADiscount) ? forADiscount : coupon.minOrderAmount();
    }

    private static Optional<Refusal> shortOfMoney(Won balance, Won paid) {
        return balance.isLessThan(paid) ? Optional.of(new InsufficientBalance(balance, paid)) : Optional.empty();
    }

    private static List<Order.Item> items(PlaceOrder command, OrderBatch batch) {
        List<Order.Item> items = new ArrayList<>(command.pieces().size());
        command.pieces().forEach((productId, pieces) -> {
            Product product = product(batch, productId);
            items.add(new Order.Item(
                    productId,
                    product.name(),
                    product.price(),
                    pieces,
                    product.price().times(pieces)));
        });
        return items;
    }
}
