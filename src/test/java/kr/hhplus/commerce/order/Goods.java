package kr.hhplus.commerce.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.order.OrderCommand.CancelOrder;
import kr.hhplus.commerce.order.OrderCommand.FulfilOrder;
import kr.hhplus.commerce.order.OrderCommand.HoldReservation;
import kr.hhplus.commerce.order.OrderCommand.PayReservation;
import kr.hhplus.commerce.order.OrderCommand.PlaceOrder;
import kr.hhplus.commerce.order.OrderCommand.RefundOrder;
import kr.hhplus.commerce.promotion.Coupon;
import kr.hhplus.commerce.promotion.Discount;

/** Products, coupons and commands as tests of the rules need them, at one fixed noon. */
final class Goods {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Goods() {}

    static Product product(long id, long price, long stock) {
        return product(id, price, stock, null, null, null);
    }

    static Product product(long id, long price, long stock, Long limit, Instant startsAt, Instant endsAt) {
        return new Product(
                id, "Product " + id, Won.of(price), Won.CURRENCY, stock, null, limit, startsAt, endsAt, true);
    }

    static Discount fixed(long won) {
        return new Discount(Discount.Type.FIXED, won, null);
    }

    static Discount percent(long value, Long maxAmount) {
        return new Discount(Discount.Type.PERCENT, value, maxAmount);
    }

    /** Unused, valid up to {@code expiresAt}. */
    static Coupon coupon(long id, long userId, Discount discount, long minOrderAmount, Instant expiresAt) {
        Instant issuedAt = NOON.minus(Duration.ofDays(1));
        return new Coupon(
                IdText.of(id),
                1,
                userId,
                "Coupon " + id,
                discount,
                Won.of(minOrderAmount),
                Won.CURRENCY,
                Coupon.Status.ISSUED,
                id,
                issuedAt,
                expiresAt,
                null);
    }

    static PlaceOrder place(long userId, Map<Long, Long> pieces, Long couponId) {
        SortedMap<Long, Long> sorted = new TreeMap<>(pieces);
        return new PlaceOrder(userId, sorted, couponId == null ? null : IdText.of(couponId), null, IdempotencyKey.NONE);
    }

    static CancelOrder cancel(long userId, long orderId) {
        return new CancelOrder(userId, orderId, false, null, IdempotencyKey.NONE);
    }

    /** By the buyer, without a reason. */
    static RefundOrder refund(long userId, long orderId, Map<Long, Long> pieces) {
        return new RefundOrder(userId, orderId, new TreeMap<>(pieces), false, true, null, null, IdempotencyKey.NONE);
    }

    static RefundOrder refundByOperator(long userId, long orderId, Map<Long, Long> pieces, boolean restock) {
        return new RefundOrder(
                userId, orderId, new TreeMap<>(pieces), true, restock, null, "an operator", IdempotencyKey.NONE);
    }

    static HoldReservation hold(long userId, Map<Long, Long> pieces, Duration ttl) {
        return new HoldReservation(userId, new TreeMap<>(pieces), ttl, IdempotencyKey.NONE);
    }

    static PayReservation pay(long userId, long reservationId, Long couponId) {
        return new PayReservation(
                userId, reservationId, couponId == null ? null : IdText.of(couponId), null, IdempotencyKey.NONE);
    }

    static FulfilOrder fulfil(long userId, long orderId) {
        return new FulfilOrder(userId, orderId, "an operator", IdempotencyKey.NONE);
    }
}
