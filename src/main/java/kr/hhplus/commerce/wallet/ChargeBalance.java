package kr.hhplus.commerce.wallet;

import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/**
 * Put money into a user's wallet.
 *
 * @param by who does it for the user, for the trail; null: the user
 */
record ChargeBalance(long userId, Won amount, String by, IdempotencyKey requestKey) implements IdempotentCommand {

    @Override
    public long ownerId() {
        return userId;
    }
}
