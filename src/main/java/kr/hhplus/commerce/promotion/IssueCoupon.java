package kr.hhplus.commerce.promotion;

import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/**
 * A user wants a coupon.
 *
 * @param campaignId null: of the one campaign that is open
 */
record IssueCoupon(long userId, Long campaignId, IdempotencyKey requestKey) implements IdempotentCommand {

    @Override
    public long ownerId() {
        return userId;
    }

    @Override
    public Object concurrencyKey() {
        return new Turn(userId, campaignId);
    }

    private record Turn(long userId, Long campaignId) {}
}
