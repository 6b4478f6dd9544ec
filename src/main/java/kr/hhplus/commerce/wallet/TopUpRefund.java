package kr.hhplus.commerce.wallet;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;
import org.jspecify.annotations.Nullable;

/**
 * A refund of a top-up, or of a part of it, to the user's means of payment.
 *
 * @param failure why the provider refused it, for people; null unless it did
 * @param entryNo the ledger entry that debits it
 * @param returnEntryNo the ledger entry that returns it to the balance after a refusal; null if there is none
 * @param completedAt when the provider paid it back; null until then
 * @param cancelKey the provider's key of the cancellation that paid it back; null until then, or if it has none
 */
public record TopUpRefund(
        long id,
        long topUpId,
        long userId,
        Won amount,
        String reason,
        Status status,
        @Nullable String failure,
        long entryNo,
        @Nullable Long returnEntryNo,
        Instant createdAt,
        @Nullable Instant completedAt,
        @Nullable String cancelKey) {

    /** PENDING while the provider has not answered for certain. */
    public enum Status {
        PENDING,
        DONE,
        FAILED
    }

    TopUpRefund done(Instant at, @Nullable String key) {
        return new TopUpRefund(
                id, topUpId, userId, amount, reason, Status.DONE, null, entryNo, null, createdAt, at, key);
    }

    TopUpRefund failed(String why, long returnedBy) {
        return new TopUpRefund(
                id, topUpId, userId, amount, reason, Status.FAILED, why, entryNo, returnedBy, createdAt, null, null);
    }
}
