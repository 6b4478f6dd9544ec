package kr.hhplus.commerce.wallet;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;

/**
 * One change of one balance. Entries are append-only.
 *
 * @param entryNo 1, 2, 3… per user, without gaps
 * @param amount signed; {@code balanceAfter} is the previous balance plus this amount
 * @param orderId the paid or refunded order; null for a top-up
 */
public record LedgerEntry(
        long id, long userId, long entryNo, Type type, Won amount, Won balanceAfter, Long orderId, Instant createdAt) {

    public enum Type {
        CHARGE,
        PAYMENT,
        REFUND
    }
}
