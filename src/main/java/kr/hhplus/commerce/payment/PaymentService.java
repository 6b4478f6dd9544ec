package kr.hhplus.commerce.payment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpChange;
import kr.hhplus.commerce.wallet.TopUpRefund;
import kr.hhplus.commerce.wallet.TopUpRefusal;
import kr.hhplus.commerce.wallet.TopUpService;
import kr.hhplus.commerce.wallet.TopUpService.NeedsOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Top-ups by payments, for the API and for pages. */
@Service
public class PaymentService {

    /** Between two questions that webhooks cause about one payment, while its outcome is open and after it failed. */
    private static final Duration HINT_PAUSE = Duration.ofSeconds(1);

    private static final Duration HINT_PAUSE_AFTER_END = Duration.ofMinutes(1);

    private final TopUpService topUps;
    private final PaymentProviders providers;
    private final PaymentSettlement settlement;

    PaymentService(TopUpService topUps, PaymentProviders providers, PaymentSettlement settlement) {
        this.topUps = topUps;
        this.providers = providers;
        this.settlement = settlement;
    }

    /** Returns whether a payment provider is configured. */
    public boolean isAvailable() {
        return !providers.isEmpty();
    }

    /** Returns whether the sandbox is configured. */
    public boolean hasSandbox() {
        return providers.contains(SandboxPayments.NAME);
    }

    /** Returns the names of what the sandbox can do, as they stand in its payment keys. */
    public List<String> sandboxBehaviours() {
        return SandboxPayments.behaviours();
    }

    /**
     * Creates a top-up.
     *
     * @param provider null for the configured one
     * @param key the idempotency key, or null
     * @return refusals TOP_UP_LIMIT_EXCEEDED, BALANCE_LIMIT_EXCEEDED
     * @throws RefusedException FORBIDDEN for another user; INVALID_REQUEST if the amount is too large or there is no
     *     such provider
     */
    public CompletableFuture<CommandResult<TopUpChange>> create(
            Caller caller, @Nullable Long userId, Won amount, @Nullable String provider, @Nullable String key) {
        long owner = caller.actingFor(userId);
        return topUps.create(caller, owner, amount, providers.choose(provider).name(), key);
    }

    /** Returns what a client needs to pay; null if the provider is no longer configured. */
    public @Nullable Checkout checkout(TopUp topUp) {
        return providers.contains(topUp.provider())
                ? providers.get(topUp.provider()).checkout(topUp)
                : null;
    }

    /**
     * Confirms a top-up whose payment the user has authorized: asks the provider, and credits the balance.
     *
     * @param topUp a top-up that {@link #find} returned for this caller
     * @param amount what the client believes to pay; null if it did not say
     * @return the top-up, CONFIRMING while the provider has not told the outcome; refusals TOP_UP_EXPIRED,
     *     TOP_UP_LIMIT_EXCEEDED, BALANCE_LIMIT_EXCEEDED, AMOUNT_MISMATCH, PAYMENT_DECLINED
     */
    public CompletableFuture<CommandResult<TopUpChange>> confirm(
            Caller caller, TopUp topUp, String paymentKey, @Nullable Won amount, @Nullable String key) {
        IdempotencyKey idempotencyKey =
                IdempotencyKey.of(caller, key, "confirm top-up " + topUp.id() + " " + paymentKey + " " + amount);
        return topUps.begin(topUp, paymentKey, amount, idempotencyKey)
                .thenCompose(result -> result instanceof CommandResult.Done<TopUpChange> done
                                && done.value().asksProvider()
                                && !done.replayed()
                        ? settlement.confirm(done.value().topUp(), idempotencyKey)
                        : CompletableFuture.completedFuture(result))
                .thenApply(PaymentService::declinedIfFailed);
    }

    private static CommandResult<TopUpChange> declinedIfFailed(CommandResult<TopUpChange> result) {
        return result instanceof CommandResult.Done<TopUpChange> done
                        && done.value().topUp().status() == TopUp.Status.FAILED
                ? CommandResult.refused(
                        new TopUpRefusal.PaymentDeclined(done.value().topUp().failure()))
                : result;
    }

    /**
     * Refunds a part of a top-up or what is left of it: debits the balance; the settlement then has it paid back.
     *
     * @param topUp a top-up of any user that {@link #find} returned
     * @return refusals REFUND_EXCEEDS_TOP_UP, INSUFFICIENT_BALANCE
     */
    public CompletableFuture<CommandResult<TopUpChange>> refund(
            Caller caller, TopUp topUp, Won amount, String reason, @Nullable String key) {
        return topUps.refund(caller, topUp, amount, reason, key);
    }

    /**
     * Has the provider cancel a payment that cannot be credited, because its amount is not the top-up's or a part of it
     * was cancelled, and ends the top-up without a credit. Also ends one, after its expiry, whose payment the provider
     * does not know.
     *
     * @param topUp a top-up of any user that {@link #find} returned
     * @param reason for the provider and the audit log, 1 to 200 characters
     * @return the top-up, FAILED; refusals TOP_UP_NOT_CANCELLABLE, UNAVAILABLE if the provider cannot be asked,
     *     OUTCOME_UNKNOWN if it does not say whether it has cancelled the payment
     */
    public CompletableFuture<CommandResult<TopUpChange>> cancel(
            Caller caller, TopUp topUp, String reason, @Nullable String key) {
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key, "cancel top-up " + topUp.id() + " " + reason);
        return settlement.cancel(caller, topUp, reason, idempotencyKey);
    }

    /** Lists the top-ups that only an operator can end, oldest first. */
    public List<NeedsOperator> needingOperator(int limit) {
        return topUps.needingOperator(limit);
    }

    /**
     * Takes a webhook as a hint to ask the provider, at most once a second for one payment whose outcome is open, and
     * once a minute for one that failed.
     *
     * @param provider the name in its address; an unknown one is ignored, as is everything else that is not understood
     */
    public void hint(String provider, JsonNode webhook) {
        if (providers.contains(provider)) {
            providers
                    .get(provider)
                    .topUpOf(webhook)
                    .ifPresent(topUpId -> topUps.hint(topUpId, HINT_PAUSE, HINT_PAUSE_AFTER_END));
        }
    }

    /**
     * Finds a top-up.
     *
     * @param userId the owner; null finds the top-up of any user
     * @throws RefusedException TOP_UP_NOT_FOUND, also for another user's top-up
     */
    public TopUp find(String topUpId, @Nullable Long userId) {
        return topUps.find(topUpId, userId);
    }

    public List<TopUpRefund> refundsOf(TopUp topUp) {
        return topUps.refundsOf(topUp.id());
    }
}
