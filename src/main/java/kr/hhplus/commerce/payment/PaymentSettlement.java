package kr.hhplus.commerce.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpChange;
import kr.hhplus.commerce.wallet.TopUpRefund;
import kr.hhplus.commerce.wallet.TopUpService;
import kr.hhplus.commerce.wallet.TopUpService.DueRefund;
import kr.hhplus.commerce.wallet.TopUpService.DueTopUp;
import kr.hhplus.commerce.wallet.UncreditedPayment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Brings what providers say into the books: asks about each payment and refund until the answer is certain.
 *
 * <p>Every instance runs it. An instance claims a due row by moving its next attempt behind a lease; if it dies, the
 * row is due again when the lease is over. Two instances that ask at once do no harm: the provider takes a payment and
 * carries out a cancellation of what is left once, also under another idempotency key, and the ledger credits a payment
 * once, by its primary key.
 */
@Component
class PaymentSettlement implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(PaymentSettlement.class);

    private static final int WAITING_CALLS_MAX = 1_000;

    private final TopUpService topUps;
    private final PaymentProviders providers;
    private final PaymentProperties properties;
    private final Clock clock;
    private final ThreadPoolExecutor calls;
    private final AtomicLong oldestWaitMillis = new AtomicLong();
    private final AtomicLong oldestOperatorWaitMillis = new AtomicLong();

    PaymentSettlement(
            TopUpService topUps,
            PaymentProviders providers,
            PaymentProperties properties,
            Clock clock,
            MeterRegistry registry) {
        this.topUps = topUps;
        this.providers = providers;
        this.properties = properties;
        this.clock = clock;
        this.calls = new ThreadPoolExecutor(
                properties.concurrency(),
                properties.concurrency(),
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_CALLS_MAX),
                task -> new Thread(task, "payment"));
        calls.allowCoreThreadTimeOut(true);
        TimeGauge.builder("commerce.topup.waiting.age", oldestWaitMillis::get, TimeUnit.MILLISECONDS)
                .description("Age of the oldest payment or refund whose outcome the provider has not told; 0: none")
                .register(registry);
        TimeGauge.builder("commerce.topup.operator.age", oldestOperatorWaitMillis::get, TimeUnit.MILLISECONDS)
                .description("Age of the oldest payment that only an operator can end; 0: none")
                .register(registry);
    }

    /**
     * Confirms a payment now.
     *
     * @return the top-up: PAID, FAILED, or CONFIRMING while the provider has not told the outcome, after {@code
     *     commerce.payment.confirm-timeout} at the latest. What goes on then ends in the books alone.
     */
    CompletableFuture<CommandResult<TopUpChange>> confirm(TopUp topUp, IdempotencyKey idempotencyKey) {
        DueTopUp first = new DueTopUp(topUp, 0, 0);
        return call(() -> providers.get(topUp.provider()).confirm(topUp, 0))
                .thenCompose(payment -> settle(first, payment, idempotencyKey))
                .exceptionallyComposeAsync(failure -> later(first, failure, null), calls)
                // Without a thread for it the settlement asks, at the time that is set since the confirmation began.
                .exceptionally(failure -> unchanged(topUp))
                .completeOnTimeout(unchanged(topUp), properties.confirmTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private <T> CompletableFuture<T> call(Supplier<T> call) {
        try {
            return CompletableFuture.supplyAsync(call, calls);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Claims no more than there are free threads, so that no lease runs out while a call waits for one.
     *
     * @return whether there is more to do at once
     */
    boolean step() {
        int free = properties.concurrency()
                - calls.getActiveCount()
                - calls.getQueue().size();
        int half = (free + 1) / 2;
        List<DueRefund> dueRefunds = free > 0 ? topUps.claimRefunds(half, properties.lease()) : List.of();
        int rest = free - dueRefunds.size();
        List<DueTopUp> dueTopUps = rest > 0 ? topUps.claimTopUps(rest, properties.lease()) : List.of();
        Stream.concat(dueTopUps.stream().map(this::ask), dueRefunds.stream().map(this::ask))
                .toList()
                .forEach(CompletableFuture::join);
        oldestWaitMillis.set(topUps.oldestWait().toMillis());
        oldestOperatorWaitMillis.set(topUps.oldestWaitForOperator().toMillis());
        return free > 0 && (dueRefunds.size() == half || dueTopUps.size() == rest);
    }

    private CompletableFuture<?> ask(DueTopUp due) {
        TopUp topUp = due.topUp();
        if (topUp.status() == TopUp.Status.PENDING) {
            // Money moves by a confirmation alone, so there is nothing to ask.
            return topUps.expire(topUp).exceptionally(failure -> null);
        }
        return call(() -> findOrConfirm(due))
                .thenCompose(payment -> settle(due, payment, IdempotencyKey.NONE))
                .exceptionallyComposeAsync(failure -> later(due, failure, null), calls)
                .exceptionally(failure -> null);
    }

    private Payment findOrConfirm(DueTopUp due) {
        TopUp topUp = due.topUp();
        PaymentProvider provider = providers.get(topUp.provider());
        Payment payment = provider.find(topUp);
        boolean confirms = topUp.status() == TopUp.Status.CONFIRMING && payment.state() == Payment.State.OPEN;
        return confirms ? provider.confirm(topUp, due.requestNo()) : payment;
    }

    private CompletableFuture<CommandResult<TopUpChange>> settle(
            DueTopUp due, Payment payment, IdempotencyKey idempotencyKey) {
        TopUp topUp = due.topUp();
        if (payment.state() == Payment.State.DONE) {
            return credit(due, payment, idempotencyKey);
        } else if (payment.state() == Payment.State.MISMATCHED && !topUp.isCredited()) {
            String why = payment.failure() + "; an operator has to cancel it";
            if (!topUp.isOpen()) {
                log.error("top-up {} has failed, but {}", IdText.of(topUp.id()), why);
            }
            return later(due, new ProviderUnavailableException(why), payment.failure());
        }
        Instant now = clock.instant();
        if (!topUp.isOpen()) {
            if (payment.state() != Payment.State.CANCELLED && now.isBefore(topUp.lastAskedAt())) {
                topUps.askAgain(topUp, Duration.between(now, topUp.lastAskedAt()), 0, null);
            } else {
                topUps.askNoMore(topUp);
            }
            return CompletableFuture.completedFuture(unchanged(topUp));
        } else if (payment.state() == Payment.State.FAILED || payment.state() == Payment.State.CANCELLED) {
            return topUps.fail(topUp, payment.failure());
        }
        // With the secret key of another merchant every payment is unknown, so time alone ends none of them.
        boolean absent = payment.state() == Payment.State.ABSENT && now.isAfter(topUp.expiresAt());
        ProviderUnavailableException open = new ProviderUnavailableException("the payment is " + payment.state());
        return later(due, open, absent ? "the provider knows no such payment" : null);
    }

    /**
     * The money is here, so a key that was used for something else in the meantime must not keep it out. While an
     * operator has the payment cancelled, this answer of the provider is out of date.
     */
    private CompletableFuture<CommandResult<TopUpChange>> credit(
            DueTopUp due, Payment payment, IdempotencyKey idempotencyKey) {
        return topUps.credit(due.topUp(), payment.paymentKey(), payment.amount(), payment.approvedAt(), idempotencyKey)
                .thenCompose(result -> {
                    if (result instanceof CommandResult.Refused && idempotencyKey.isPresent()) {
                        return credit(due, payment, IdempotencyKey.NONE);
                    } else if (result instanceof CommandResult.Done<TopUpChange> done
                            && !done.value().topUp().isCredited()) {
                        return later(due, new ProviderUnavailableException("an operator has it cancelled"), null);
                    }
                    return CompletableFuture.completedFuture(result);
                });
    }

    /** @param needsOperator why only an operator can end it; null leaves what was known before */
    private CompletableFuture<CommandResult<TopUpChange>> later(
            DueTopUp due, Throwable failure, @Nullable String needsOperator) {
        Throwable root = rootOf(failure);
        TopUp topUp = due.topUp();
        log.warn("top-up {} is not settled and will be asked for again: {}", IdText.of(topUp.id()), root.toString());
        topUps.askAgain(
                topUp, properties.pauseAfter(due.attempts()), nextRequestNo(due.requestNo(), root), needsOperator);
        return CompletableFuture.completedFuture(unchanged(topUp));
    }

    /** The number after the one that was used, not after the one that is stored: another instance may be ahead. */
    private static int nextRequestNo(int used, Throwable root) {
        boolean answered = root instanceof ProviderUnavailableException unavailable && unavailable.answered();
        return answered ? used + 1 : used;
    }

    private CommandResult<TopUpChange> unchanged(TopUp topUp) {
        return CommandResult.done(new TopUpChange(topUp, null, false));
    }

    private CompletableFuture<?> ask(DueRefund due) {
        TopUpRefund refund = due.refund();
        return call(() -> {
                    TopUp topUp = topUps.find(refund.topUpId()).orElseThrow();
                    return providers.get(topUp.provider()).refund(topUp, refund, due.requestNo(), takenKeys(refund));
                })
                .thenCompose(outcome -> outcome instanceof RefundOutcome.Done done
                        ? complete(refund, done)
                        : returnIfRefusedTwice(due, (RefundOutcome.Refused) outcome))
                .handleAsync(
                        (result, failure) -> {
                            if (failure != null) {
                                Throwable root = rootOf(failure);
                                log.warn(
                                        "refund {} is not settled and will be asked for again: {}",
                                        IdText.of(refund.id()),
                                        root.toString());
                                topUps.askAgain(
                                        refund,
                                        properties.pauseAfter(due.attempts()),
                                        nextRequestNo(due.requestNo(), root),
                                        false);
                            }
                            return result;
                        },
                        calls)
                .exceptionally(failure -> null);
    }

    /** Returns the keys of the cancellations that have paid back other refunds of the same top-up. */
    private Set<String> takenKeys(TopUpRefund refund) {
        return topUps.refundsOf(refund.topUpId()).stream()
                .filter(other -> other.id() != refund.id())
                .map(TopUpRefund::cancelKey)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private CompletableFuture<Void> complete(TopUpRefund refund, RefundOutcome.Done done) {
        return topUps.completeRefund(refund, done.at(), done.cancelKey()).thenAccept(result -> {
            if (!(result instanceof CommandResult.Done<TopUpChange> change)) {
                return;
            }
            switch (change.value().refund().status()) {
                case PENDING ->
                    throw new ProviderUnavailableException("its cancellation has paid back another refund", true);
                case FAILED ->
                    log.error(
                            "refund {} was returned to the balance, but the provider has paid it back too, at {}:"
                                    + " an operator has to settle {} won with user {}",
                            IdText.of(refund.id()),
                            done.at(),
                            refund.amount(),
                            refund.userId());
                case DONE -> {}
            }
        });
    }

    /** An earlier request may still run while a later one is refused, so one refusal is not believed. */
    private CompletableFuture<Void> returnIfRefusedTwice(DueRefund due, RefundOutcome.Refused refused) {
        if (due.refused()) {
            return topUps.returnRefund(due.refund(), refused.failure()).thenAccept(result -> {});
        }
        log.info(
                "refund {} is refused and will be asked for once more: {}",
                IdText.of(due.refund().id()),
                refused.failure());
        topUps.askAgain(due.refund(), properties.refusalRecheck(), due.requestNo() + 1, true);
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Has the provider cancel a payment that does not fit its top-up, and ends the top-up without a credit. Between the
     * query and the cancellation the top-up is marked and the audit log written, so that nothing moves money without a
     * trace and an answer from before the cancellation credits nothing.
     */
    CompletableFuture<CommandResult<TopUpChange>> cancel(
            Caller caller, TopUp topUp, String reason, IdempotencyKey idempotencyKey) {
        return call(() -> providers.get(topUp.provider()).find(topUp))
                .handle((payment, failure) -> failure == null
                        ? cancel(caller, topUp, payment, reason, idempotencyKey)
                        : notCancelled(topUp, failure, ErrorCode.UNAVAILABLE))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<CommandResult<TopUpChange>> cancel(
            Caller caller, TopUp topUp, Payment payment, String reason, IdempotencyKey idempotencyKey) {
        UncreditedPayment found =
                switch (payment.state()) {
                    case MISMATCHED -> UncreditedPayment.MISMATCHED;
                    case CANCELLED -> UncreditedPayment.CANCELLED;
                    case ABSENT -> UncreditedPayment.ABSENT;
                    default -> UncreditedPayment.NOT_CANCELLABLE;
                };
        return topUps.cancel(caller, topUp, reason, found, idempotencyKey)
                .thenCompose(result -> result instanceof CommandResult.Done<TopUpChange> done
                                && done.value().asksProvider()
                        ? cancelAtProvider(caller, topUp, payment, reason, idempotencyKey)
                        : CompletableFuture.completedFuture(result));
    }

    private CompletableFuture<CommandResult<TopUpChange>> cancelAtProvider(
            Caller caller, TopUp topUp, Payment payment, String reason, IdempotencyKey idempotencyKey) {
        return call(() -> {
                    PaymentProvider provider = providers.get(topUp.provider());
                    provider.cancel(topUp, payment, reason);
                    if (provider.find(topUp).state() != Payment.State.CANCELLED) {
                        throw new ProviderUnavailableException("the provider has not cancelled it yet");
                    }
                    return topUp;
                })
                .handle((cancelled, failure) -> failure == null
                        ? end(caller, topUp, reason, idempotencyKey)
                        : notCancelled(topUp, failure, ErrorCode.OUTCOME_UNKNOWN))
                .thenCompose(Function.identity());
    }

    /** The payment is cancelled, so a key that was used for something else in the meantime changes nothing. */
    private CompletableFuture<CommandResult<TopUpChange>> end(
            Caller caller, TopUp topUp, String reason, IdempotencyKey idempotencyKey) {
        return topUps.cancel(caller, topUp, reason, UncreditedPayment.CANCELLED, idempotencyKey)
                .thenCompose(result -> result instanceof CommandResult.Refused && idempotencyKey.isPresent()
                        ? end(caller, topUp, reason, IdempotencyKey.NONE)
                        : CompletableFuture.completedFuture(result));
    }

    private static CompletableFuture<CommandResult<TopUpChange>> notCancelled(
            TopUp topUp, Throwable failure, ErrorCode code) {
        log.warn(
                "the payment of top-up {} is not cancelled: {}",
                IdText.of(topUp.id()),
                rootOf(failure).toString());
        return CompletableFuture.completedFuture(CommandResult.refused(Refusal.of(code)));
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Lets running calls end; what they leave open is due again after the lease, on any instance. */
    @Override
    public void destroy() throws InterruptedException {
        calls.shutdown();
        calls.awaitTermination(5, TimeUnit.SECONDS);
    }
}
