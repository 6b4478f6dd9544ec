package kr.hhplus.commerce.promotion;

import java.util.Arrays;
import java.util.Set;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import org.jspecify.annotations.Nullable;

/**
 * Issues a coupon to a user.
 *
 * @param campaignId null means the only open campaign
 * @param claims what the issuer has verified about the user; null if somebody acts for the user, so that a campaign
 *     demands nothing of the account
 */
record IssueCoupon(
        long userId,
        @Nullable Long campaignId,
        IdempotencyKey idempotencyKey,
        @Nullable Set<String> claims) implements IdempotentCommand {

    @Override
    public long ownerId() {
        return userId;
    }

    @Override
    public Object concurrencyKey() {
        return Arrays.asList(userId, campaignId);
    }
}
