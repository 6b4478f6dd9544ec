package kr.hhplus.commerce.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
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
import kr.hhplus.commerce.wallet.TopUpRefusal;
import kr.hhplus.commerce.wallet.TopUpService;
import kr.hhplus.commerce.wallet.TopUpService.DueRefund;
import kr.hhplus.commerce.wallet.TopUpService.DueTopUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Brings what providers say into the books: asks about each payment and refund until the answer is certain.
 *
 * <p>Every instance runs it. An instance claims a due row by moving its next attempt behind a lease; if it dies, the
 * row is due again when the lease is over. Two instances that ask at once do no harm: the provider takes a payment
 * once, by its idempotency key, and the ledger credits it once, by its primary key.
 */
@Component
class PaymentSettlement implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(PaymentSettlement.class);

    /**
     * How long after its expiry a payment may be unknown to the provider, before it counts as failed. A day, because
     * with the secret key of another merchant every payment is unknown; the alarm goes off in the meantime.
     */
    private static final Duration ABSENT_MAX = Duration.ofDays(1);

    private static final int ROWS_PER_STEP = 100;
    private static final int WAITING_CALLS_MAX = 1_000;

    private final TopUpService topUps;
    private final PaymentProviders providers;
    private final PaymentProperties properties;
    private final Clock clock;
    private final ThreadPoolExecutor calls;
    private final AtomicLong oldestWaitMillis = new AtomicLong();

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
    }

    /**
     * Confirms a payment now.
     *
     * @return the top-up: PAID, FAILED, or CONFIRMING while the provider has not told the outcome, after {@code
     *     commerce.payment.confirm-timeout} at the latest. What goes on then ends in the books alone.
     */
    CompletableFuture<CommandResult<TopUpChange>> confirm(TopUp topUp, IdempotencyKey idempotencyKey) {
        return call(() -> providers.get(topUp.provider()).confirm(topUp, 0))
                .thenCompose(payment -> settle(topUp, payment, 0, idempotencyKey))
                .exceptionallyComposeAsync(failure -> later(topUp, 0, failure), calls)
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

    /** @return whether there is more to do at once */
    boolean step() {
        List<DueTopUp> dueTopUps = topUps.claimTopUps(ROWS_PER_STEP, properties.lease());
        List<DueRefund> dueRefunds = topUps.claimRefunds(ROWS_PER_STEP, properties.lease());
        Stream.concat(dueTopUps.stream().map(this::ask), dueRefunds.stream().map(this::ask))
                .toList()
                .forEach(CompletableFuture::join);
        oldestWaitMillis.set(topUps.oldestWait().toMillis());
        return dueTopUps.size() == ROWS_PER_STEP || dueRefunds.size() == ROWS_PER_STEP;
    }

    private CompletableFuture<?> ask(DueTopUp due) {
        TopUp topUp = due.topUp();
        if (topUp.status() == TopUp.Status.PENDING) {
            // Money moves by a confirmation alone, so there is nothing to ask.
            return topUps.expire(topUp).exceptionally(failure -> null);
        }
        return call(() -> findOrConfirm(due))
                .thenCompose(payment -> settle(topUp, payment, due.attempts(), IdempotencyKey.NONE))
                .exceptionallyComposeAsync(failure -> later(topUp, due.attempts(), failure), calls)
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
            TopUp topUp, Payment payment, int attempts, IdempotencyKey idempotencyKey) {
        if (payment.state() == Payment.State.DONE) {
            return credit(topUp, payment, idempotencyKey);
        }
        Instant now = clock.instant();
        if (!topUp.isOpen()) {
            if (now.isBefore(topUp.lastAskedAt())) {
                topUps.askAgain(topUp, Duration.between(now, topUp.lastAskedAt()), false);
            } else {
                topUps.askNoMore(topUp);
            }
            return CompletableFuture.completedFuture(unchanged(topUp));
        }
        if (payment.state() == Payment.State.FAILED) {
            return topUps.fail(topUp, payment.failure());
        }
        boolean absent = payment.state() == Payment.State.ABSENT
                && now.isAfter(topUp.expiresAt().plus(ABSENT_MAX));
        if (absent) {
            return topUps.fail(topUp, "the provider knows no such payment");
        }
        String why = payment.state() == Payment.State.MISMATCHED
                ? payment.failure() + "; an operator has to cancel it"
                : "the payment is " + payment.state();
        return later(topUp, attempts, new ProviderUnavailableException(why));
    }

    /** The money is here, so a key that was used for something else in the meantime must not keep it out. */
    private CompletableFuture<CommandResult<TopUpChange>> credit(
            TopUp topUp, Payment payment, IdempotencyKey idempotencyKey) {
        return topUps.credit(topUp, payment.paymentKey(), payment.amount(), payment.approvedAt(), idempotencyKey)
                .thenCompose(result -> result instanceof CommandResult.Refused && idempotencyKey.isPresent()
                        ? credit(topUp, payment, IdempotencyKey.NONE)
                        : CompletableFuture.completedFuture(result));
    }

    private CompletableFuture<CommandResult<TopUpChange>> later(TopUp topUp, int attempts, Throwable failure) {
        Throwable root = rootOf(failure);
        log.warn("top-up {} is not settled and will be asked for again: {}", IdText.of(topUp.id()), root.toString());
        topUps.askAgain(topUp, properties.pauseAfter(attempts), isAnswered(root));
        return CompletableFuture.completedFuture(unchanged(topUp));
    }

    private CommandResult<TopUpChange> unchanged(TopUp topUp) {
        return CommandResult.done(new TopUpChange(topUp, null, false));
    }

    private CompletableFuture<?> ask(DueRefund due) {
        TopUpRefund refund = due.refund();
        return call(() -> {
                    TopUp topUp = topUps.find(refund.topUpId()).orElseThrow();
                    return providers.get(topUp.provider()).refund(topUp, refund, due.requestNo());
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
                                topUps.askAgain(refund, properties.pauseAfter(due.attempts()), isAnswered(root));
                            }
                            return result;
                        },
                        calls)
                .exceptionally(failure -> null);
    }

    private CompletableFuture<Void> complete(TopUpRefund refund, RefundOutcome.Done done) {
        return topUps.completeRefund(refund, done.at()).thenAccept(result -> {
            if (result instanceof CommandResult.Done<TopUpChange> change
                    && change.value().refund().status() == TopUpRefund.Status.FAILED) {
                log.error(
                        "refund {} was returned to the balance, but the provider has paid it back too, at {}:"
                                + " an operator has to settle {} won with user {}",
                        IdText.of(refund.id()),
                        done.at(),
                        refund.amount(),
                        refund.userId());
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
        topUps.askAgainAfterRefusal(due.refund(), properties.refusalRecheck());
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Has the provider cancel a payment that does not fit its top-up, and ends the top-up without a credit. Such a
     * payment never fits again, so no credit can come between.
     */
    CompletableFuture<CommandResult<TopUpChange>> cancel(
            Caller caller, TopUp topUp, String reason, IdempotencyKey idempotencyKey) {
        return call(() -> {
                    PaymentProvider provider = providers.get(topUp.provider());
                    Payment payment = provider.find(topUp);
                    if (payment.state() == Payment.State.MISMATCHED) {
                        provider.cancel(topUp, payment, reason);
                        payment = provider.find(topUp);
                        if (payment.state() == Payment.State.MISMATCHED) {
                            throw new ProviderUnavailableException("the provider has not cancelled it yet");
                        }
                    }
                    return payment.state();
                })
                .thenCompose(state -> state == Payment.State.FAILED
                        ? topUps.cancel(caller, topUp, reason, idempotencyKey)
                        : CompletableFuture.<CommandResult<TopUpChange>>completedFuture(
                                CommandResult.refused(TopUpRefusal.TOP_UP_NOT_CANCELLABLE)))
                .exceptionally(failure -> {
                    log.warn(
                            "the payment of top-up {} is not cancelled: {}",
                            IdText.of(topUp.id()),
                            rootOf(failure).toString());
                    return CommandResult.refused(Refusal.of(ErrorCode.OUTCOME_UNKNOWN));
                });
    }

    private static boolean isAnswered(Throwable root) {
        return root instanceof ProviderUnavailableException unavailable && unavailable.answered();
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
