package kr.hhplus.commerce.coupon;

import kr.hhplus.commerce.shared.idempotency.Keyed;
import kr.hhplus.commerce.shared.idempotency.RequestKey;

/**
 * A user wants a coupon.
 *
 * @param campaignId null: of the one campaign that is open
 */
record IssueCoupon(long userId, Long campaignId, RequestKey requestKey) implements Keyed {

    @Override
    public long keyOwner() {
        return userId;
    }

    @Override
    public Object turn() {
        return new Turn(userId, campaignId);
    }

    private record Turn(long userId, Long campaignId) {}
}
