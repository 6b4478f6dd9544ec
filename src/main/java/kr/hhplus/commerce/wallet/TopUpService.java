package kr.hhplus.commerce.wallet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.wallet.TopUpCommand.BeginTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CancelTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CreateTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CreditTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.ExpireTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.FailTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.RefundTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.SettleTopUpRefund;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The books of top-ups: what was begun, paid, refunded, and what is still open. Whether a payment was made is for
 * providers to say; the module {@code payment} asks them, outside of every transaction.
 */
@Service
public class TopUpService {

    private final TopUpBatchHandler batches;
    private final TopUps topUps;
    private final WalletProperties properties;
    private final Clock clock;

    TopUpService(TopUpBatchHandler batches, TopUps topUps, WalletProperties properties, Clock clock) {
        this.batches = batches;
        this.topUps = topUps;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Creates a top-up.
     *
     * @param provider the name of the payment provider
     * @param key the idempotency key, or null
     * @return refusals TOP_UP_LIMIT_EXCEEDED, BALANCE_LIMIT_EXCEEDED
     * @throws RefusedException INVALID_REQUEST if the amount exceeds {@code commerce.wallet.charge-max}
     */
    public CompletableFuture<CommandResult<TopUpChange>> create(
            Caller caller, long userId, Won amount, String provider, @Nullable String key) {
        if (Won.of(properties.chargeMax()).isLessThan(amount)) {
            throw new RefusedException(InvalidRequest.at("/amount", "Max", properties.chargeMax()));
        }
        IdempotencyKey idempotencyKey =
                IdempotencyKey.of(caller, key, "top up " + userId + " " + amount + " " + provider);
        return batches.submit(new CreateTopUp(userId, amount, provider, idempotencyKey));
    }

    /**
     * Begins to confirm a top-up. If {@link TopUpChange#asksProvider()}, the caller asks the provider.
     *
     * @param amount what the client believes to pay; null if it did not say
     * @param idempotencyKey of the request, also passed to {@link #credit}
     */
    public CompletableFuture<CommandResult<TopUpChange>> begin(
            TopUp topUp, String paymentKey, @Nullable Won amount, IdempotencyKey idempotencyKey) {
        return batches.submit(new BeginTopUp(topUp.userId(), topUp.id(), paymentKey, amount, idempotencyKey));
    }

    /**
     * Credits a top-up, once, whatever is repeated or raced.
     *
     * @param amount as the provider says; another one than the top-up's is refused with AMOUNT_MISMATCH
     */
    public CompletableFuture<CommandResult<TopUpChange>> credit(
            TopUp topUp, String paymentKey, Won amount, Instant approvedAt, IdempotencyKey idempotencyKey) {
        return batches.submit(
                new CreditTopUp(topUp.userId(), topUp.id(), paymentKey, amount, approvedAt, idempotencyKey));
    }

    /** Ends a top-up that nobody began to confirm in time. */
    public CompletableFuture<CommandResult<TopUpChange>> expire(TopUp topUp) {
        return batches.submit(new ExpireTopUp(topUp.userId(), topUp.id()));
    }

    /**
     * Ends a top-up that is being confirmed and whose payment has failed for good.
     *
     * @param failure why, at most 200 characters
     */
    public CompletableFuture<CommandResult<TopUpChange>> fail(TopUp topUp, String failure) {
        return batches.submit(new FailTopUp(topUp.userId(), topUp.id(), failure));
    }

    /**
     * Ends a top-up without a credit, for an operator, and writes the audit log once. A payment that does not fit is
     * not credited from now on; if {@link TopUpChange#asksProvider()}, the caller has the provider cancel it and then
     * calls this method again with CANCELLED.
     *
     * @param payment what the provider says about the payment
     * @return refusal TOP_UP_NOT_CANCELLABLE
     */
    public CompletableFuture<CommandResult<TopUpChange>> cancel(
            Caller caller, TopUp topUp, String reason, UncreditedPayment payment, IdempotencyKey idempotencyKey) {
        return batches.submit(
                new CancelTopUp(topUp.userId(), topUp.id(), reason, caller.name(), payment, idempotencyKey));
    }

    /**
     * Debits the balance for a refund; the settlement then asks the provider to pay it back.
     *
     * @return refusals REFUND_EXCEEDS_TOP_UP, INSUFFICIENT_BALANCE
     */
    public CompletableFuture<CommandResult<TopUpChange>> refund(
            Caller caller, TopUp topUp, Won amount, String reason, @Nullable String key) {
        IdempotencyKey idempotencyKey =
                IdempotencyKey.of(caller, key, "refund top-up " + topUp.id() + " " + amount + " " + reason);
        return batches.submit(
                new RefundTopUp(topUp.userId(), topUp.id(), amount, reason, caller.name(), idempotencyKey));
    }

    /**
     * Records that the provider has paid back a refund. It stays PENDING if that cancellation has paid back another.
     *
     * @param cancelKey the provider's key of the cancellation; null if it has none
     */
    public CompletableFuture<CommandResult<TopUpChange>> completeRefund(
            TopUpRefund refund, Instant at, @Nullable String cancelKey) {
        return batches.submit(
                new SettleTopUpRefund(refund.userId(), refund.topUpId(), refund.id(), at, cancelKey, null));
    }

    /**
     * Returns a refund that the provider has refused to the balance.
     *
     * @param failure why, at most 200 characters
     */
    public CompletableFuture<CommandResult<TopUpChange>> returnRefund(TopUpRefund refund, String failure) {
        return batches.submit(
                new SettleTopUpRefund(refund.userId(), refund.topUpId(), refund.id(), null, null, failure));
    }

    /**
     * Finds a top-up.
     *
     * @param userId the owner; null finds the top-up of any user
     * @throws RefusedException TOP_UP_NOT_FOUND, also for another user's top-up
     */
    public TopUp find(String topUpId, @Nullable Long userId) {
        return IdText.parse(topUpId).stream()
                .boxed()
                .findFirst()
                .flatMap(topUps::find)
                .filter(topUp -> userId == null || topUp.userId() == userId)
                .orElseThrow(() -> new RefusedException(TopUpRefusal.TOP_UP_NOT_FOUND));
    }

    public Optional<TopUp> find(long topUpId) {
        return topUps.find(topUpId);
    }

    /** Lists the refunds of a top-up, oldest first. */
    public List<TopUpRefund> refundsOf(long topUpId) {
        return topUps.refundsOf(List.of(topUpId));
    }

    /** Lists the top-ups of a user, newest first. */
    public Page<TopUp> page(long userId, PageRequest page) {
        Cursors cursors = page.cursorsOf("top-ups", userId);
        List<TopUp> found = topUps.page(userId, cursors.idBefore(), page.size() + 1);
        return Page.of(found, page.size(), cursors, topUp -> IdText.of(topUp.id()));
    }

    /**
     * Makes the settlement ask the provider now about a top-up that was begun to confirm and is not credited. Nothing
     * happens to another one, whose payment cannot have been made.
     *
     * @param pause at most once in this time for one top-up
     * @param pauseAfterEnd the same for one that failed
     */
    public void hint(long topUpId, Duration pause, Duration pauseAfterEnd) {
        topUps.hint(topUpId, clock.instant(), pause, pauseAfterEnd);
    }

    /**
     * A top-up of which the provider is to be asked.
     *
     * @param attempts how often that has been done before
     * @param requestNo the number of the request to the provider: a new one after an answer, the same one without
     */
    public record DueTopUp(TopUp topUp, int attempts, int requestNo) {}

    /**
     * A refund of which the provider is to be asked.
     *
     * @param attempts how often that has been done before
     * @param requestNo the number of the request to the provider: a new one after an answer, the same one without
     * @param refused whether the provider has refused the request before this one
     */
    public record DueRefund(TopUpRefund refund, int attempts, int requestNo, boolean refused) {}

    /** Claims top-ups that are due. No other instance claims them again before {@code lease} is over. */
    public List<DueTopUp> claimTopUps(int limit, Duration lease) {
        Instant now = clock.instant();
        return topUps.dueTopUps(now, limit).stream()
                .filter(due -> topUps.claimTopUp(due, now.plus(lease)))
                .flatMap(due ->
                        topUps
                                .find(due.id())
                                .map(topUp -> new DueTopUp(topUp, due.attempts(), due.requestNo()))
                                .stream())
                .toList();
    }

    /** Claims refunds that are due. No other instance claims them again before {@code lease} is over. */
    public List<DueRefund> claimRefunds(int limit, Duration lease) {
        Instant now = clock.instant();
        return topUps.dueRefunds(now, limit).stream()
                .filter(due -> topUps.claimRefund(due, now.plus(lease)))
                .flatMap(due -> topUps
                        .findRefund(due.id())
                        .map(refund -> new DueRefund(refund, due.attempts(), due.requestNo(), due.refused()))
                        .stream())
                .toList();
    }

    /**
     * Sets when the provider is asked again about a top-up, in whatever state it is now, unless it is credited.
     *
     * @param requestNo the lowest number of the next request
     * @param needsOperator why only an operator can end it, at most 300 characters; null leaves what was known
     */
    public void askAgain(TopUp topUp, Duration after, int requestNo, @Nullable String needsOperator) {
        topUps.askTopUpAgain(topUp.id(), clock.instant().plus(after), requestNo, needsOperator);
    }

    /**
     * Sets when the provider is asked again about an open refund.
     *
     * @param requestNo the lowest number of the next request
     * @param refused whether the provider has refused the last request
     */
    public void askAgain(TopUpRefund refund, Duration after, int requestNo, boolean refused) {
        topUps.askRefundAgain(refund.id(), clock.instant().plus(after), requestNo, refused);
    }

    /**
     * A top-up that only an operator can end.
     *
     * @param why for people
     */
    public record NeedsOperator(TopUp topUp, String why) {}

    /** Lists the top-ups that only an operator can end, oldest first. */
    public List<NeedsOperator> needingOperator(int limit) {
        return topUps.needingOperator(limit);
    }

    /** Ends the questions about a top-up that is not open. */
    public void askNoMore(TopUp topUp) {
        topUps.askTopUpNoMore(topUp.id());
    }

    /** Returns how long the oldest unsettled payment or refund has been waiting for the provider; zero if none is. */
    public Duration oldestWait() {
        return since(topUps.waitingSince());
    }

    /** Returns how long the oldest payment that only an operator can end has been open; zero if there is none. */
    public Duration oldestWaitForOperator() {
        return since(topUps.needingOperatorSince());
    }

    private Duration since(@Nullable Instant since) {
        Instant now = clock.instant();
        return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    /** Lists a provider's credited top-ups whose payment was approved within a time, the end exclusive. */
    public List<TopUp> approvedBetween(String provider, Instant from, Instant to) {
        return topUps.approvedBetween(provider, from, to);
    }

    /** Lists a provider's refunds that were paid back within a time, the end exclusive. */
    public List<TopUpRefund> completedBetween(String provider, Instant from, Instant to) {
        return topUps.completedBetween(provider, from, to);
    }
}
