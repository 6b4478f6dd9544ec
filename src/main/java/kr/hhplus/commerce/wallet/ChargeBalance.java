package kr.hhplus.commerce.wallet;

import kr.hhplus.commerce.shared.Won;
import kr.hhplus.commerce.shared.idempotency.Keyed;
import kr.hhplus.commerce.shared.idempotency.RequestKey;

/**
 * Put money into a user's wallet.
 *
 * @param by who does it for the user, for the trail; null: the user
 */
record ChargeBalance(long userId, Won amount, String by, RequestKey requestKey) implements Keyed {

    @Override
    public long keyOwner() {
        return userId;
    }
}
