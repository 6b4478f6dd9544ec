package kr.hhplus.commerce.order;

import java.util.SortedMap;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/** What a user does to orders. */
sealed interface OrderCommand extends IdempotentCommand {

    long userId();

    @Override
    default long ownerId() {
        return userId();
    }

    /**
     * Buy.
     *
     * @param pieces quantity by product, lines of one product added up
     * @param couponId null: without a coupon
     */
    record PlaceOrder(long userId, SortedMap<Long, Long> pieces, String couponId, IdempotencyKey requestKey)
            implements OrderCommand {}

    /**
     * Take an order back.
     *
     * @param userId its owner
     * @param by the operator or back-end that cancels for the user, for the audit log; null: no entry is written
     */
    record CancelOrder(long userId, long orderId, String by, IdempotencyKey requestKey) implements OrderCommand {}
}
