package kr.hhplus.commerce.wallet;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;

/**
 * One movement of one balance; never changed once written.
 *
 * @param entryNo 1, 2, 3… for each user, without gaps
 * @param amount signed: {@code balanceAfter} is the balance before plus this
 * @param orderId the order paid or refunded; null for a charge
 */
public record LedgerEntry(
        long id, long userId, long entryNo, Type type, Won amount, Won balanceAfter, Long orderId, Instant createdAt) {

    public enum Type {
        CHARGE,
        PAYMENT,
        REFUND
    }
}
