package kr.hhplus.commerce.order;

import java.util.SortedMap;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/** A change of a user's orders. */
sealed interface OrderCommand extends IdempotentCommand {

    long userId();

    @Override
    default long ownerId() {
        return userId();
    }

    @Override
    default Object concurrencyKey() {
        return userId();
    }

    /**
     * Places an order.
     *
     * @param pieces quantity by product
     * @param couponId null: no coupon
     */
    record PlaceOrder(long userId, SortedMap<Long, Long> pieces, String couponId, IdempotencyKey requestKey)
            implements OrderCommand {}

    /**
     * Cancels an order.
     *
     * @param userId the owner of the order
     * @param by the operator or back-end that cancels for the user, for the audit log; null: no entry is written
     */
    record CancelOrder(long userId, long orderId, String by, IdempotencyKey requestKey) implements OrderCommand {}
}
