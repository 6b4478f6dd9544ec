package kr.hhplus.commerce.promotion;

import java.util.Arrays;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/**
 * Issues a coupon to a user.
 *
 * @param campaignId null means the only open campaign
 */
record IssueCoupon(long userId, Long campaignId, IdempotencyKey idempotencyKey) implements IdempotentCommand {

    @Override
    public long ownerId() {
        return userId;
    }

    @Override
    public Object concurrencyKey() {
        return Arrays.asList(userId, campaignId);
    }
}
