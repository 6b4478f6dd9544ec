package kr.hhplus.commerce.wallet;

import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;

/**
 * Tops up a user's balance.
 *
 * @param operator the authenticated caller, for the audit log; null in local and open mode
 */
record ChargeBalance(long userId, Won amount, String operator, IdempotencyKey idempotencyKey)
        implements IdempotentCommand {

    @Override
    public long ownerId() {
        return userId;
    }
}
