package kr.hhplus.commerce.order;

import java.time.Duration;
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
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.FulfilOrder;
import kr.hhplus.commerce.order.OrderCommand.Purchase;
import kr.hhplus.commerce.order.OrderRefusal.Cause;
import kr.hhplus.commerce.order.OrderRefusal.CouponNotApplicable;
import kr.hhplus.commerce.order.OrderRefusal.InsufficientBalance;
import kr.hhplus.commerce.order.OrderRefusal.OrderNotCancellable;
import kr.hhplus.commerce.order.OrderRefusal.OrderNotFulfillable;
import kr.hhplus.commerce.order.OrderRefusal.PurchaseLimitExceeded;
import kr.hhplus.commerce.order.OrderRefusal.SaleNotOpen;
import kr.hhplus.commerce.promotion.Coupon;
import org.jspecify.annotations.Nullable;

/** Decides orders. Checks all refusals in the order of the error codes before it changes anything. */
final class OrderRules {

    private OrderRules() {}

    static CommandResult<Order> place(Purchase purchase, OrderBatch batch, long orderId, Instant now) {
        Optional<Refusal> refusal = checkBeforeStock(purchase, batch, now).or(() -> checkStock(purchase, batch));
        return refusal.isPresent() ? CommandResult.refused(refusal.get()) : pay(purchase, batch, orderId, now, null);
    }

    /**
     * Pays for pieces that nothing but a coupon or the balance can refuse any more.
     *
     * @param reservation whose pieces the order takes; null takes them from the stock
     */
    static CommandResult<Order> pay(
            Purchase purchase, OrderBatch batch, long orderId, Instant now, @Nullable Reservation reservation) {
        Price price = price(purchase, batch);
        Optional<Coupon> coupon = coupon(purchase, batch);
        Optional<Refusal> refusal = coupon.flatMap(c -> checkCoupon(c, price.total(), now))
                .or(() -> checkBalance(batch.balances().balanceOf(purchase.userId()), price.paid()));
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        String id = IdText.of(orderId);
        coupon.ifPresent(c -> batch.coupons().use(c, id, now));
        Won balance = batch.balances()
                .pay(purchase.userId(), price.paid(), orderId, now)
                .balanceAfter();
        Order order = new Order(
                id,
                purchase.userId(),
                Order.Status.PAID,
                price.items(),
                price.total(),
                price.discount(),
                price.paid(),
                Won.CURRENCY,
                purchase.couponId(),
                balance,
                now,
                null,
                null,
                purchase.attributes());
        if (reservation == null) {
            purchase.quantities().forEach(batch.stock()::take);
            batch.addPlaced(order);
        } else {
            batch.addPaid(reservation, order);
        }
        return CommandResult.done(order);
    }

    /** The price of an order, also of an order that would be refused. */
    record Price(List<Order.Item> items, Won total, Won discount, Won paid) {}

    /** Computes the price. All products must be in the batch. A coupon of another user is ignored. */
    static Price price(Purchase purchase, OrderBatch batch) {
        List<Order.Item> items = items(purchase, batch);
        Won total = items.stream().map(Order.Item::lineAmount).reduce(Won.ZERO, Won::plus);
        Won discount = coupon(purchase, batch).map(c -> c.discount().on(total)).orElse(Won.ZERO);
        return new Price(items, total, discount, total.minus(discount));
    }

    /** Checks everything that precedes INSUFFICIENT_STOCK. */
    static Optional<Refusal> checkBeforeStock(Purchase purchase, OrderBatch batch, Instant now) {
        return batch.refusalWhilePaused()
                .or(() -> eachProduct(purchase, (id, quantity) -> checkExists(batch, id)))
                .or(() -> checkCouponExists(purchase, batch))
                .or(() -> eachProduct(purchase, (id, quantity) -> checkOnSale(batch, id, now)))
                .or(() -> eachProduct(
                        purchase, (id, quantity) -> checkPurchaseLimit(purchase.userId(), batch, id, quantity)));
    }

    static Optional<Refusal> checkStock(Purchase purchase, OrderBatch batch) {
        return eachProduct(purchase, (id, quantity) -> checkStock(batch, id, quantity));
    }

    /**
     * Cancels an order: restores stock, balance, coupon and the user's purchase count.
     *
     * @param cancelWithin how long after the order its buyer may cancel it
     */
    static CommandResult<Order> cancel(CancelOrder command, OrderBatch batch, Duration cancelWithin, Instant now) {
        Optional<Order> found = batch.find(IdText.of(command.orderId()));
        if (found.isEmpty()) {
            return CommandResult.refused(Refusal.of(ErrorCode.ORDER_NOT_FOUND));
        }
        Order order = found.get();
        Optional<Refusal> refusal = checkCancellable(order, command.operator(), cancelWithin, now);
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        order.items().forEach(item -> batch.stock().putBack(item.productId(), item.quantity()));
        if (order.couponId() != null) {
            batch.coupons().giveBack(order.couponId(), order.orderId(), now);
        }
        Won balance = batch.balances()
                .refund(order.userId(), order.paidAmount(), command.orderId(), now)
                .balanceAfter();
        Order cancelled = order.cancelled(balance, now);
        batch.addCancelled(cancelled);
        return CommandResult.done(cancelled);
    }

    static Optional<Refusal> checkCancellable(Order order, boolean operator, Duration cancelWithin, Instant now) {
        Optional<Cause> cause =
                switch (order.status()) {
                    case CANCELLED -> Optional.of(Cause.CANCELLED);
                    case PARTIALLY_REFUNDED, REFUNDED -> Optional.of(Cause.REFUNDED);
                    case PAID -> operator ? Optional.empty() : whyNotByBuyer(order, cancelWithin, now);
                };
        return cause.map(OrderNotCancellable::new);
    }

    /** Returns why the buyer of a paid order can neither cancel it nor have pieces refunded. */
    static Optional<Cause> whyNotByBuyer(Order order, Duration cancelWithin, Instant now) {
        if (order.fulfilledAt() != null) {
            return Optional.of(Cause.FULFILLED);
        }
        return now.isAfter(order.orderedAt().plus(cancelWithin)) ? Optional.of(Cause.TOO_LATE) : Optional.empty();
    }

    /** Marks an order as fulfilled. A fulfilled order stays as it is. */
    static CommandResult<Order> fulfil(FulfilOrder command, OrderBatch batch, Instant now) {
        Optional<Order> found = batch.find(IdText.of(command.orderId()));
        if (found.isEmpty()) {
            return CommandResult.refused(Refusal.of(ErrorCode.ORDER_NOT_FOUND));
        }
        Order order = found.get();
        if (!order.isLive()) {
            return CommandResult.refused(new OrderNotFulfillable(
                    order.status() == Order.Status.REFUNDED ? Cause.REFUNDED : Cause.CANCELLED));
        }
        if (order.fulfilledAt() != null) {
            return CommandResult.done(order);
        }
        Order fulfilled = order.fulfilled(now);
        batch.addFulfilled(fulfilled);
        return CommandResult.done(fulfilled);
    }

    static Optional<Refusal> eachProduct(Purchase purchase, BiFunction<Long, Long, Optional<Refusal>> check) {
        for (Map.Entry<Long, Long> line : purchase.quantities().entrySet()) {
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

    private static Optional<Refusal> checkExists(OrderBatch batch, long productId) {
        return batch.stock().find(productId).isPresent()
                ? Optional.empty()
                : Optional.of(new ProductNotFound(productId));
    }

    private static Optional<Coupon> coupon(Purchase purchase, OrderBatch batch) {
        return purchase.couponId() == null
                ? Optional.empty()
                : batch.coupons().find(purchase.couponId(), purchase.userId());
    }

    static Optional<Refusal> checkCouponExists(Purchase purchase, OrderBatch batch) {
        return purchase.couponId() == null || coupon(purchase, batch).isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.of(ErrorCode.COUPON_NOT_FOUND));
    }

    private static Optional<Refusal> checkOnSale(OrderBatch batch, long productId, Instant now) {
        return product(batch, productId).isOnSale(now) ? Optional.empty() : Optional.of(new SaleNotOpen(productId));
    }

    static Optional<Refusal> checkPurchaseLimit(long userId, OrderBatch batch, long productId, long quantity) {
        if (!batch.stock().bindsPurchaseLimit(productId)) {
            return Optional.empty();
        }
        long limit = product(batch, productId).purchaseLimit();
        long available = Math.max(0, limit - batch.purchasedQuantity(userId, productId));
        return quantity <= available
                ? Optional.empty()
                : Optional.of(new PurchaseLimitExceeded(productId, limit, available, quantity));
    }

    private static Optional<Refusal> checkStock(OrderBatch batch, long productId, long quantity) {
        long available = product(batch, productId).stock();
        return quantity <= available
                ? Optional.empty()
                : Optional.of(new InsufficientStock(productId, available, quantity));
    }

    static Optional<Refusal> checkCoupon(Coupon coupon, Won total, Instant now) {
        if (coupon.isUsed()) {
            return Optional.of(Refusal.of(ErrorCode.COUPON_ALREADY_USED));
        }
        if (coupon.isExpired(now)) {
            return Optional.of(Refusal.of(ErrorCode.COUPON_EXPIRED));
        }
        Won required = minTotal(coupon);
        return total.isLessThan(required) ? Optional.of(new CouponNotApplicable(total, required)) : Optional.empty();
    }

    /** Returns the campaign's minimum, or more if the discount of that would be 0. */
    private static Won minTotal(Coupon coupon) {
        Won minTotalForDiscount = coupon.discount().leastTotal();
        return coupon.minOrderAmount().isLessThan(minTotalForDiscount) ? minTotalForDiscount : coupon.minOrderAmount();
    }

    private static Optional<Refusal> checkBalance(Won balance, Won paid) {
        return balance.isLessThan(paid) ? Optional.of(new InsufficientBalance(balance, paid)) : Optional.empty();
    }

    private static List<Order.Item> items(Purchase purchase, OrderBatch batch) {
        List<Order.Item> items = new ArrayList<>(purchase.quantities().size());
        purchase.quantities().forEach((productId, quantity) -> {
            Product product = product(batch, productId);
            items.add(new Order.Item(
                    productId,
                    product.name(),
                    product.price(),
                    quantity,
                    product.price().times(quantity),
                    null));
        });
        return items;
    }
}
