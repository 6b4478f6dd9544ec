package kr.hhplus.commerce.wallet;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;

/**
 * One change of one balance. Entries are append-only.
 *
 * @param entryNo 1, 2, 3… per user, without gaps
 * @param amount signed; {@code balanceAfter} is the previous balance plus this amount
 * @param orderId the paid or refunded order; null for a top-up
 * @param paymentId the top-up of a TOP_UP, or the refund of a top-up of a TOP_UP_REFUND; null for other types
 */
public record LedgerEntry(
        long id,
        long userId,
        long entryNo,
        Type type,
        Won amount,
        Won balanceAfter,
        Long orderId,
        Long paymentId,
        Instant createdAt) {

    public enum Type {
        CHARGE,
        TOP_UP,
        /** Negative when a refund is requested; positive when the provider refuses it and the balance gets it back. */
        TOP_UP_REFUND,
        PAYMENT,
        REFUND
    }
}
