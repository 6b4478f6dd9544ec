package kr.hhplus.commerce.wallet;

import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.wallet.TopUp.Status;
import kr.hhplus.commerce.wallet.TopUpCommand.BeginTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CancelTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CreateTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CreditTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.ExpireTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.FailTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.RefundTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.SettleTopUpRefund;
import kr.hhplus.commerce.wallet.TopUpRefusal.AmountMismatch;
import kr.hhplus.commerce.wallet.TopUpRefusal.InsufficientBalance;
import kr.hhplus.commerce.wallet.TopUpRefusal.PaymentDeclined;
import kr.hhplus.commerce.wallet.TopUpRefusal.RefundExceedsTopUp;
import kr.hhplus.commerce.wallet.TopUpRefusal.TopUpLimitExceeded;
import kr.hhplus.commerce.wallet.WalletRules.BalanceLimitExceeded;

/** Decides top-ups. Every command is harmless if it is repeated or comes late. */
final class TopUpRules {

    private static final String PAYMENT_CANCELLED = "the payment was cancelled";
    private static final String PAYMENT_ABSENT = "the provider knows no such payment";

    private TopUpRules() {}

    static Instant startOfDay(Instant now) {
        return now.atZone(TopUp.DAY_ZONE)
                .toLocalDate()
                .atStartOfDay(TopUp.DAY_ZONE)
                .toInstant();
    }

    static CommandResult<TopUpChange> create(
            CreateTopUp command, TopUpBatch batch, WalletProperties limits, long id, Instant now) {
        TopUp topUp = new TopUp(
                id,
                command.userId(),
                command.amount(),
                Won.ZERO,
                Status.PENDING,
                command.provider(),
                null,
                null,
                null,
                now,
                now.plus(limits.topUpExpiry()),
                null,
                false);
        return checkLimits(topUp, batch, limits, now)
                .<CommandResult<TopUpChange>>map(CommandResult::refused)
                .orElseGet(() -> CommandResult.done(batch.save(topUp)));
    }

    /** Begins once: a repetition gets today's state. */
    static CommandResult<TopUpChange> begin(
            BeginTopUp command, TopUpBatch batch, WalletProperties limits, Instant now) {
        Optional<TopUp> found = batch.find(command.topUpId(), command.userId());
        if (found.isEmpty()) {
            return CommandResult.refused(TopUpRefusal.TOP_UP_NOT_FOUND);
        }
        TopUp topUp = found.get();
        boolean expired = topUp.status() == Status.EXPIRED || topUp.status() == Status.PENDING && isOver(topUp, now);
        if (expired) {
            return CommandResult.refused(TopUpRefusal.TOP_UP_EXPIRED);
        }
        boolean begins = topUp.status() == Status.PENDING;
        Optional<Refusal> refusal = begins ? checkLimits(topUp, batch, limits, now) : Optional.empty();
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        if (command.amount() != null && !command.amount().equals(topUp.amount())) {
            return CommandResult.refused(new AmountMismatch(topUp.amount()));
        }
        if (topUp.status() == Status.FAILED) {
            return CommandResult.refused(new PaymentDeclined(topUp.failure()));
        }
        if (!begins) {
            return CommandResult.done(TopUpChange.of(topUp));
        }
        TopUp confirming = topUp.confirming(command.paymentKey());
        batch.save(confirming);
        return CommandResult.done(new TopUpChange(confirming, null, true));
    }

    /** Limits per day, and of the balance with everything that may still come in. The top-up itself counts once. */
    private static Optional<Refusal> checkLimits(TopUp topUp, TopUpBatch batch, WalletProperties limits, Instant now) {
        Instant today = startOfDay(now);
        Won ofToday = batch.sum(
                topUp.userId(),
                other -> other.id() != topUp.id() && (other.isOpen() || other.isCredited() && isOn(other, today)));
        Won dayMax = Won.of(limits.topUpDayMax());
        if (dayMax.isLessThan(ofToday.plus(topUp.amount()))) {
            Won available = ofToday.isLessThan(dayMax) ? dayMax.minus(ofToday) : Won.ZERO;
            return Optional.of(new TopUpLimitExceeded(dayMax, available, topUp.amount()));
        }
        Won balance = batch.balances().balanceOf(topUp.userId());
        Won open = batch.sum(topUp.userId(), other -> other.id() != topUp.id() && other.isOpen());
        Won balanceMax = Won.of(limits.balanceMax());
        return balanceMax.isLessThan(balance.plus(open).plus(topUp.amount()))
                ? Optional.of(new BalanceLimitExceeded(balance, balanceMax))
                : Optional.empty();
    }

    /** By the time of the payment: a top-up can be created on the day before. */
    private static boolean isOn(TopUp credited, Instant today) {
        return credited.approvedAt() != null && !credited.approvedAt().isBefore(today);
    }

    /**
     * A confirmed payment is credited once, from any state and beyond every limit. While an operator has it cancelled
     * it does not fit, whatever the provider said before: nothing changes, and the caller asks again.
     */
    static CommandResult<TopUpChange> credit(CreditTopUp command, TopUpBatch batch, Instant now) {
        Optional<TopUp> found = batch.find(command.topUpId(), command.userId());
        if (found.isEmpty()) {
            return CommandResult.refused(TopUpRefusal.TOP_UP_NOT_FOUND);
        }
        TopUp topUp = found.get();
        if (topUp.isCredited() || topUp.cancelling()) {
            return CommandResult.done(TopUpChange.of(topUp));
        }
        if (!command.amount().equals(topUp.amount())) {
            return CommandResult.refused(new AmountMismatch(topUp.amount()));
        }
        LedgerEntry entry = batch.balances().topUp(topUp.userId(), topUp.amount(), topUp.id(), now);
        return CommandResult.done(batch.save(topUp.paid(command.paymentKey(), entry.entryNo(), command.approvedAt())));
    }

    /** A confirmation that began in the meantime goes on: the provider may be taking the money. */
    static CommandResult<TopUpChange> expire(ExpireTopUp command, TopUpBatch batch, Instant now) {
        return batch.find(command.topUpId(), command.userId())
                .map(topUp -> CommandResult.done(
                        topUp.status() == Status.PENDING && isOver(topUp, now)
                                ? batch.save(topUp.ended(Status.EXPIRED, null))
                                : TopUpChange.of(topUp)))
                .orElseGet(() -> CommandResult.refused(TopUpRefusal.TOP_UP_NOT_FOUND));
    }

    static CommandResult<TopUpChange> fail(FailTopUp command, TopUpBatch batch) {
        return batch.find(command.topUpId(), command.userId())
                .map(topUp -> CommandResult.done(
                        topUp.status() == Status.CONFIRMING
                                ? batch.save(topUp.ended(Status.FAILED, command.failure()))
                                : TopUpChange.of(topUp)))
                .orElseGet(() -> CommandResult.refused(TopUpRefusal.TOP_UP_NOT_FOUND));
    }

    /**
     * Marks a top-up before the provider is asked to cancel its payment, and ends it once that has happened. A
     * repetition, also another operator's, finds the mark.
     */
    static CommandResult<TopUpChange> cancel(CancelTopUp command, TopUpBatch batch, Instant now) {
        Optional<TopUp> found = batch.find(command.topUpId(), command.userId());
        if (found.isEmpty()) {
            return CommandResult.refused(TopUpRefusal.TOP_UP_NOT_FOUND);
        }
        TopUp topUp = found.get();
        boolean confirming = topUp.status() == Status.CONFIRMING;
        boolean failed = topUp.status() == Status.FAILED;
        boolean misfit = command.payment() == UncreditedPayment.MISMATCHED;
        boolean cancelled = command.payment() == UncreditedPayment.CANCELLED;
        if (misfit && (confirming || failed)) {
            TopUp marked = topUp.beingCancelled();
            if (!topUp.cancelling()) {
                batch.save(marked);
            }
            return CommandResult.done(new TopUpChange(marked, null, true));
        } else if (cancelled && confirming) {
            return CommandResult.done(batch.save(topUp.ended(Status.FAILED, PAYMENT_CANCELLED)));
        } else if (cancelled && failed && topUp.cancelling()) {
            return CommandResult.done(TopUpChange.of(topUp));
        } else if (command.payment() == UncreditedPayment.ABSENT && confirming && isOver(topUp, now)) {
            return CommandResult.done(batch.save(topUp.ended(Status.FAILED, PAYMENT_ABSENT)));
        }
        return CommandResult.refused(TopUpRefusal.TOP_UP_NOT_CANCELLABLE);
    }

    private static boolean isOver(TopUp topUp, Instant now) {
        return !now.isBefore(topUp.expiresAt());
    }

    /** Debits the balance before the provider is asked to pay back. */
    static CommandResult<TopUpChange> refund(RefundTopUp command, TopUpBatch batch, long refundId, Instant now) {
        Optional<TopUp> found = batch.find(command.topUpId(), command.userId());
        if (found.isEmpty()) {
            return CommandResult.refused(TopUpRefusal.TOP_UP_NOT_FOUND);
        }
        TopUp topUp = found.get();
        Won left = topUp.isCredited() ? topUp.amount().minus(topUp.refundedAmount()) : Won.ZERO;
        if (left.isLessThan(command.amount())) {
            return CommandResult.refused(new RefundExceedsTopUp(left, command.amount()));
        }
        Won balance = batch.balances().balanceOf(topUp.userId());
        if (balance.isLessThan(command.amount())) {
            return CommandResult.refused(new InsufficientBalance(balance, command.amount()));
        }
        LedgerEntry entry = batch.balances().debitTopUpRefund(topUp.userId(), command.amount(), refundId, now);
        TopUpRefund refund = new TopUpRefund(
                refundId,
                topUp.id(),
                topUp.userId(),
                command.amount(),
                command.reason(),
                TopUpRefund.Status.PENDING,
                null,
                entry.entryNo(),
                null,
                now,
                null,
                null);
        return CommandResult.done(
                batch.save(topUp.withRefundedAmount(topUp.refundedAmount().plus(command.amount())), refund));
    }

    /**
     * A refusal returns the amount to the balance, also beyond the balance limit. A refund stays PENDING if its
     * cancellation has already paid back another one.
     */
    static CommandResult<TopUpChange> settleRefund(SettleTopUpRefund command, TopUpBatch batch, Instant now) {
        Optional<TopUp> topUp = batch.find(command.topUpId(), command.userId());
        Optional<TopUpRefund> found = batch.findRefund(command.refundId());
        if (topUp.isEmpty() || found.isEmpty()) {
            return CommandResult.refused(TopUpRefusal.TOP_UP_NOT_FOUND);
        }
        TopUpRefund refund = found.get();
        boolean taken = command.cancelKey() != null && batch.hasCancelKey(refund.topUpId(), command.cancelKey());
        if (refund.status() != TopUpRefund.Status.PENDING || taken) {
            return CommandResult.done(new TopUpChange(topUp.get(), refund, false));
        }
        if (command.completedAt() != null) {
            return CommandResult.done(batch.save(refund.done(command.completedAt(), command.cancelKey()), topUp.get()));
        }
        LedgerEntry entry = batch.balances().returnTopUpRefund(refund.userId(), refund.amount(), refund.id(), now);
        Won refunded = topUp.get().refundedAmount().minus(refund.amount());
        return CommandResult.done(batch.save(
                topUp.get().withRefundedAmount(refunded), refund.failed(command.failure(), entry.entryNo())));
    }
}
