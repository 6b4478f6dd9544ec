package kr.hhplus.commerce.wallet;

import kr.hhplus.commerce.shared.Won;
import kr.hhplus.commerce.shared.idempotency.Keyed;
import kr.hhplus.commerce.shared.idempotency.RequestKey;

/** Put money into a user's wallet. */
record ChargeBalance(long userId, Won amount, RequestKey requestKey) implements Keyed {

    @Override
    public long keyOwner() {
        return userId;
    }
}
