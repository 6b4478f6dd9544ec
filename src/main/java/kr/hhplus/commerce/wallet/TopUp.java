package kr.hhplus.commerce.wallet;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import kr.hhplus.commerce.kernel.Won;
import org.jspecify.annotations.Nullable;

/**
 * Money that a user brings in through a payment provider.
 *
 * @param refundedAmount what was debited from the balance to be paid back to the user's means of payment
 * @param provider the name of the payment provider
 * @param paymentKey the provider's key of the payment; null before it is known
 * @param failure why the payment failed, for people; null unless it did
 * @param entryNo the ledger entry that credits it; null until then
 * @param expiresAt until when the user may begin to confirm it
 * @param approvedAt when the provider approved the payment; null until it is credited
 * @param cancelling whether an operator has begun to have the payment cancelled; then it is not credited
 */
public record TopUp(
        long id,
        long userId,
        Won amount,
        Won refundedAmount,
        Status status,
        String provider,
        @Nullable String paymentKey,
        @Nullable String failure,
        @Nullable Long entryNo,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant approvedAt,
        boolean cancelling) {

    /** The zone of the day of limits, and of the days of payment providers. */
    public static final ZoneId DAY_ZONE = ZoneId.of("Asia/Seoul");

    private static final Duration ASKED_AFTER_EXPIRY = Duration.ofHours(1);

    /**
     * From PENDING to CONFIRMING or EXPIRED, from CONFIRMING to PAID or FAILED, from PAID to refunds. A confirmed
     * payment is credited from any state, once, unless an operator is having it cancelled.
     */
    public enum Status {
        PENDING,
        CONFIRMING,
        PAID,
        FAILED,
        EXPIRED,
        PARTIALLY_REFUNDED,
        REFUNDED
    }

    /** Whether its money may still come in, so that it counts towards the balance limit. */
    @JsonIgnore
    public boolean isOpen() {
        return status == Status.PENDING || status == Status.CONFIRMING;
    }

    @JsonIgnore
    public boolean isCredited() {
        return entryNo != null;
    }

    /** When the provider is asked for the last time about a failed payment, in case that it was made after all. */
    public Instant lastAskedAt() {
        return expiresAt.plus(ASKED_AFTER_EXPIRY);
    }

    TopUp confirming(String key) {
        return new TopUp(
                id,
                userId,
                amount,
                refundedAmount,
                Status.CONFIRMING,
                provider,
                key,
                null,
                null,
                createdAt,
                expiresAt,
                null,
                cancelling);
    }

    TopUp ended(Status newStatus, @Nullable String why) {
        return new TopUp(
                id,
                userId,
                amount,
                refundedAmount,
                newStatus,
                provider,
                paymentKey,
                why,
                null,
                createdAt,
                expiresAt,
                null,
                cancelling);
    }

    TopUp beingCancelled() {
        return new TopUp(
                id,
                userId,
                amount,
                refundedAmount,
                status,
                provider,
                paymentKey,
                failure,
                entryNo,
                createdAt,
                expiresAt,
                approvedAt,
                true);
    }

    TopUp paid(String key, long creditedBy, Instant at) {
        return new TopUp(
                id,
                userId,
                amount,
                refundedAmount,
                Status.PAID,
                provider,
                key,
                null,
                creditedBy,
                createdAt,
                expiresAt,
                at,
                cancelling);
    }

    TopUp withRefundedAmount(Won refunded) {
        Status newStatus = refunded.equals(Won.ZERO)
                ? Status.PAID
                : refunded.equals(amount) ? Status.REFUNDED : Status.PARTIALLY_REFUNDED;
        return new TopUp(
                id,
                userId,
                amount,
                refunded,
                newStatus,
                provider,
                paymentKey,
                failure,
                entryNo,
                createdAt,
                expiresAt,
                approvedAt,
                cancelling);
    }
}
