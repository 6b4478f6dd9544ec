package kr.hhplus.commerce.wallet;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import org.jspecify.annotations.Nullable;

/** A change of a user's top-ups. Commands never wait for a provider: its answers come in as arguments. */
sealed interface TopUpCommand extends IdempotentCommand {

    long userId();

    /** The top-up that the command changes; 0 if the command creates one. */
    long topUpId();

    @Override
    default long ownerId() {
        return userId();
    }

    /** A command without an idempotency key of a client. */
    sealed interface Settlement extends TopUpCommand {
        @Override
        default IdempotencyKey idempotencyKey() {
            return IdempotencyKey.NONE;
        }
    }

    /** Creates a top-up. */
    record CreateTopUp(long userId, Won amount, String provider, IdempotencyKey idempotencyKey)
            implements TopUpCommand {
        @Override
        public long topUpId() {
            return 0;
        }
    }

    /**
     * Begins to confirm a top-up with a payment that the user has authorized at the provider.
     *
     * @param amount what the client believes to pay; null if it did not say
     */
    record BeginTopUp(
            long userId,
            long topUpId,
            String paymentKey,
            @Nullable Won amount,
            IdempotencyKey idempotencyKey) implements TopUpCommand {}

    /**
     * Credits a top-up whose payment the provider has confirmed.
     *
     * @param amount as the provider says
     * @param idempotencyKey of the request that confirms it, so that its repetition gets this result
     */
    record CreditTopUp(
            long userId, long topUpId, String paymentKey, Won amount, Instant approvedAt, IdempotencyKey idempotencyKey)
            implements TopUpCommand {}

    /** Ends a top-up that nobody began to confirm in time. Changes nothing once it is being confirmed. */
    record ExpireTopUp(long userId, long topUpId) implements Settlement {}

    /** Ends a top-up whose payment has failed for good. Changes nothing unless it is being confirmed. */
    record FailTopUp(long userId, long topUpId, String failure) implements Settlement {}

    /**
     * Ends a top-up without a credit, for an operator. A payment that does not fit is only marked: its cancellation at
     * the provider follows, and then this command with CANCELLED.
     *
     * @param by the operator, for the audit log
     * @param payment what the provider says about the payment
     */
    record CancelTopUp(
            long userId,
            long topUpId,
            String reason,
            String by,
            UncreditedPayment payment,
            IdempotencyKey idempotencyKey)
            implements TopUpCommand {}

    /**
     * Debits the balance for a refund.
     *
     * @param by the operator, for the audit log
     */
    record RefundTopUp(long userId, long topUpId, Won amount, String reason, String by, IdempotencyKey idempotencyKey)
            implements TopUpCommand {}

    /**
     * Records what the provider has said about a refund.
     *
     * @param completedAt when it was paid back; null if the provider refused it
     * @param cancelKey the provider's key of the cancellation; null if it has none
     * @param failure why it was refused; null if it was paid back
     */
    record SettleTopUpRefund(
            long userId,
            long topUpId,
            long refundId,
            @Nullable Instant completedAt,
            @Nullable String cancelKey,
            @Nullable String failure)
            implements Settlement {}
}
