package kr.hhplus.commerce.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.testkit.Seeded;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import kr.hhplus.commerce.wallet.TopUpCommand.BeginTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CancelTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CreateTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.CreditTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.ExpireTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.FailTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.RefundTopUp;
import kr.hhplus.commerce.wallet.TopUpCommand.SettleTopUpRefund;
import org.junit.jupiter.api.Test;

/**
 * Commands about top-ups in any order, repeated and late: a batch decides as single commands would, and the books are
 * right.
 */
class DecidingTopUpsTogetherTests {

    private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");
    private static final WalletProperties LIMITS = new WalletProperties(100, 150, 200, Duration.ofMinutes(30), false);

    private static final class State {

        private final Map<Long, Account> accounts = new TreeMap<>();
        private final Map<Long, TopUp> topUps = new TreeMap<>();
        private final Map<Long, TopUpRefund> refunds = new TreeMap<>();
        private final List<LedgerEntry> ledger = new ArrayList<>();
        private long lastId;

        List<CommandResult<TopUpChange>> decide(List<TopUpCommand> commands, Instant now) {
            BatchBalances balances = new BatchBalances(accounts, () -> 0);
            TopUpBatch batch = new TopUpBatch(balances, topUps.values(), refunds.values());
            List<CommandResult<TopUpChange>> results = new ArrayList<>();
            for (TopUpCommand command : commands) {
                results.add(decide(command, batch, ++lastId, now));
            }
            batch.topUpChanges().forEach(change -> topUps.put(change.after().id(), change.after()));
            batch.refundChanges().forEach(change -> refunds.put(change.after().id(), change.after()));
            for (LedgerEntry entry : balances.entries()) {
                accounts.put(entry.userId(), new Account(entry.balanceAfter(), entry.entryNo()));
                ledger.add(entry);
            }
            return results;
        }

        private static CommandResult<TopUpChange> decide(TopUpCommand command, TopUpBatch batch, long id, Instant now) {
            if (command instanceof CreateTopUp create) {
                return TopUpRules.create(create, batch, LIMITS, id, now);
            } else if (command instanceof BeginTopUp begin) {
                return TopUpRules.begin(begin, batch, LIMITS, now);
            } else if (command instanceof CreditTopUp credit) {
                return TopUpRules.credit(credit, batch, now);
            } else if (command instanceof ExpireTopUp expire) {
                return TopUpRules.expire(expire, batch, now);
            } else if (command instanceof FailTopUp fail) {
                return TopUpRules.fail(fail, batch);
            } else if (command instanceof CancelTopUp cancel) {
                return TopUpRules.cancel(cancel, batch, now);
            } else if (command instanceof RefundTopUp refund) {
                return TopUpRules.refund(refund, batch, id, now);
            }
            return TopUpRules.settleRefund((SettleTopUpRefund) command, batch, now);
        }

        void spend(long user, Won amount, Instant now) {
            BatchBalances balances = new BatchBalances(accounts, () -> 0);
            if (!balances.balanceOf(user).isLessThan(amount)) {
                LedgerEntry entry = balances.pay(user, amount, 1, now);
                accounts.put(user, new Account(entry.balanceAfter(), entry.entryNo()));
                ledger.add(entry);
            }
        }

        List<Object> everything() {
            return List.of(Map.copyOf(accounts), Map.copyOf(topUps), Map.copyOf(refunds), List.copyOf(ledger));
        }
    }

    private static TopUpCommand command(Random random, State state) {
        long user = random.nextLong(1, 3);
        List<TopUp> known = List.copyOf(state.topUps.values());
        if (known.isEmpty() || random.nextInt(6) == 0) {
            return new CreateTopUp(user, Won.of(random.nextLong(1, 101)), "sandbox", IdempotencyKey.NONE);
        }
        TopUp topUp = known.get(random.nextInt(known.size()));
        long owner = random.nextInt(20) == 0 ? user : topUp.userId();
        Won amount = random.nextInt(8) == 0 ? topUp.amount().plus(Won.of(1)) : topUp.amount();
        return switch (random.nextInt(7)) {
            case 6 ->
                new CancelTopUp(
                        owner,
                        topUp.id(),
                        "r",
                        "operator",
                        Seeded.oneOf(random, UncreditedPayment.values()),
                        IdempotencyKey.NONE);
            case 0, 1 -> new BeginTopUp(owner, topUp.id(), "key", amount, IdempotencyKey.NONE);
            case 2 -> new CreditTopUp(owner, topUp.id(), "key", amount, NOON, IdempotencyKey.NONE);
            case 3 ->
                random.nextBoolean()
                        ? new ExpireTopUp(owner, topUp.id())
                        : new FailTopUp(owner, topUp.id(), "declined");
            case 4 ->
                new RefundTopUp(
                        owner, topUp.id(), Won.of(random.nextLong(1, 101)), "r", "operator", IdempotencyKey.NONE);
            default -> settle(random, state, topUp);
        };
    }

    private static TopUpCommand settle(Random random, State state, TopUp topUp) {
        List<TopUpRefund> refunds = List.copyOf(state.refunds.values());
        if (refunds.isEmpty()) {
            return new FailTopUp(topUp.userId(), topUp.id(), "declined");
        }
        TopUpRefund refund = refunds.get(random.nextInt(refunds.size()));
        boolean done = random.nextBoolean();
        return new SettleTopUpRefund(
                refund.userId(),
                refund.topUpId(),
                refund.id(),
                done ? NOON : null,
                done && random.nextBoolean() ? "cancellation " + random.nextInt(2) : null,
                done ? null : "refused");
    }

    @Test
    void answersAndLeavesWhatSingleCommandsWould() {
        Set<ErrorCode> refusals = EnumSet.noneOf(ErrorCode.class);
        Seeded.check(Seeded.CASES, random -> {
            State together = new State();
            State apart = new State();
            Instant now = NOON;
            for (int i = 0; i < 6; i++) {
                now = now.plus(Duration.ofMinutes(Seeded.oneOf(random, 0L, 1L, 20L, 24 * 60L)));
                for (State state : List.of(together, apart)) {
                    state.spend(1, Won.of(30), now);
                }
                List<TopUpCommand> commands = new ArrayList<>();
                for (int j = random.nextInt(1, 9); j > 0; j--) {
                    commands.add(command(random, together));
                }
                List<CommandResult<TopUpChange>> expected = new ArrayList<>();
                for (TopUpCommand command : commands) {
                    List<Object> before = apart.everything();
                    CommandResult<TopUpChange> result =
                            apart.decide(List.of(command), now).get(0);
                    expected.add(result);
                    if (result instanceof CommandResult.Refused<TopUpChange> refused) {
                        refusals.add(refused.refusal().code());
                        assertThat(apart.everything()).isEqualTo(before);
                    }
                    assertBooksAreRight(apart);
                }
                assertThat(together.decide(commands, now)).isEqualTo(expected);
                assertThat(together.everything()).isEqualTo(apart.everything());
            }
        });
        assertThat(refusals)
                .containsExactlyInAnyOrder(
                        ErrorCode.TOP_UP_NOT_FOUND,
                        ErrorCode.TOP_UP_EXPIRED,
                        ErrorCode.TOP_UP_NOT_CANCELLABLE,
                        ErrorCode.TOP_UP_LIMIT_EXCEEDED,
                        ErrorCode.REFUND_EXCEEDS_TOP_UP,
                        ErrorCode.INSUFFICIENT_BALANCE,
                        ErrorCode.BALANCE_LIMIT_EXCEEDED,
                        ErrorCode.AMOUNT_MISMATCH,
                        ErrorCode.PAYMENT_DECLINED);
    }

    @Test
    void countAPaymentOnTheDayOnWhichItIsMade() {
        State state = new State();
        Instant midnight = Instant.parse("2026-11-22T15:00:00Z");
        for (Instant created : List.of(midnight.minusSeconds(600), midnight)) {
            state.decide(List.of(new CreateTopUp(1, Won.of(100), "sandbox", IdempotencyKey.NONE)), created);
            state.decide(
                    List.of(new CreditTopUp(1, state.lastId, "key", Won.of(100), midnight, IdempotencyKey.NONE)),
                    midnight);
            state.spend(1, Won.of(100), midnight);
        }
        CreateTopUp another = new CreateTopUp(1, Won.of(1), "sandbox", IdempotencyKey.NONE);
        assertThat(state.decide(List.of(another), midnight.plusSeconds(60)))
                .first()
                .isInstanceOfSatisfying(CommandResult.Refused.class, refused -> assertThat(refused.refusal())
                        .isInstanceOf(TopUpRefusal.TopUpLimitExceeded.class));
    }

    @Test
    void endNoTopUpWhosePaymentIsBeingTaken() {
        State state = new State();
        state.decide(List.of(new CreateTopUp(1, Won.of(50), "sandbox", IdempotencyKey.NONE)), NOON);
        state.decide(List.of(new FailTopUp(1, 1, "an earlier attempt was declined")), NOON);
        assertThat(state.topUps.get(1L).status()).isEqualTo(TopUp.Status.PENDING);
        state.decide(List.of(new BeginTopUp(1, 1, "key", null, IdempotencyKey.NONE)), NOON);
        state.decide(List.of(new ExpireTopUp(1, 1)), NOON.plus(Duration.ofHours(1)));
        assertThat(state.topUps.get(1L).status()).isEqualTo(TopUp.Status.CONFIRMING);
    }

    private static CancelTopUp cancel(UncreditedPayment payment) {
        return new CancelTopUp(1, 1, "r", "operator", payment, IdempotencyKey.NONE);
    }

    /** An instance that read the payment before a part of it was cancelled may be late. */
    @Test
    void creditNoPaymentThatAnOperatorHasCancelled() {
        State state = new State();
        CreditTopUp late = new CreditTopUp(1, 1, "key", Won.of(50), NOON, IdempotencyKey.NONE);
        state.decide(List.of(new CreateTopUp(1, Won.of(50), "sandbox", IdempotencyKey.NONE)), NOON);
        state.decide(List.of(new BeginTopUp(1, 1, "key", null, IdempotencyKey.NONE)), NOON);
        assertThat(state.decide(List.of(cancel(UncreditedPayment.MISMATCHED), late), NOON)
                        .get(0))
                .isInstanceOfSatisfying(
                        CommandResult.Done.class, done -> assertThat(((TopUpChange) done.value()).asksProvider())
                                .isTrue());
        assertThat(state.topUps.get(1L).isCredited()).isFalse();
        state.decide(List.of(cancel(UncreditedPayment.CANCELLED), late), NOON);
        assertThat(state.topUps.get(1L).status()).isEqualTo(TopUp.Status.FAILED);
        assertThat(state.ledger).isEmpty();
    }

    @Test
    void settleOneRefundByOneCancellation() {
        State state = new State();
        RefundTopUp refund = new RefundTopUp(1, 1, Won.of(20), "r", "operator", IdempotencyKey.NONE);
        state.decide(List.of(new CreateTopUp(1, Won.of(50), "sandbox", IdempotencyKey.NONE)), NOON);
        state.decide(List.of(new CreditTopUp(1, 1, "key", Won.of(50), NOON, IdempotencyKey.NONE)), NOON);
        state.decide(List.of(refund, refund), NOON);
        List<Long> ids = List.copyOf(state.refunds.keySet());
        for (String cancelKey : List.of("one", "two")) {
            for (long id : ids) {
                state.decide(List.of(new SettleTopUpRefund(1, 1, id, NOON, cancelKey, null)), NOON);
            }
            assertThat(state.refunds.get(ids.get(0)).status()).isEqualTo(TopUpRefund.Status.DONE);
            assertThat(state.refunds.get(ids.get(1)).status())
                    .isEqualTo(cancelKey.equals("one") ? TopUpRefund.Status.PENDING : TopUpRefund.Status.DONE);
        }
    }

    @Test
    void endATopUpWhosePaymentIsUnknownOnceItHasExpired() {
        State state = new State();
        state.decide(List.of(new CreateTopUp(1, Won.of(50), "sandbox", IdempotencyKey.NONE)), NOON);
        state.decide(List.of(new BeginTopUp(1, 1, "key", null, IdempotencyKey.NONE)), NOON);
        state.decide(List.of(cancel(UncreditedPayment.ABSENT)), NOON);
        assertThat(state.topUps.get(1L).status()).isEqualTo(TopUp.Status.CONFIRMING);
        state.decide(List.of(cancel(UncreditedPayment.ABSENT)), NOON.plus(Duration.ofHours(1)));
        assertThat(state.topUps.get(1L).status()).isEqualTo(TopUp.Status.FAILED);
        state.decide(List.of(new CreditTopUp(1, 1, "key", Won.of(50), NOON, IdempotencyKey.NONE)), NOON);
        assertThat(state.topUps.get(1L).status()).isEqualTo(TopUp.Status.PAID);
    }

    private static void assertBooksAreRight(State state) {
        Map<Long, Won> balances = new HashMap<>();
        Map<Long, Long> credits = new HashMap<>();
        for (LedgerEntry entry : state.ledger) {
            balances.merge(entry.userId(), entry.amount(), Won::plus);
            if (entry.type() == LedgerEntry.Type.TOP_UP) {
                credits.merge(entry.paymentId(), 1L, Long::sum);
            }
        }
        state.accounts.forEach((user, account) -> assertThat(account.balance()).isEqualTo(balances.get(user)));
        assertThat(state.refunds.values().stream()
                        .filter(refund -> refund.cancelKey() != null)
                        .map(refund -> refund.topUpId() + " " + refund.cancelKey()))
                .doesNotHaveDuplicates();
        for (TopUp topUp : state.topUps.values()) {
            assertThat(credits.getOrDefault(topUp.id(), 0L)).isEqualTo(topUp.isCredited() ? 1 : 0);
            Won refunded = state.refunds.values().stream()
                    .filter(refund -> refund.topUpId() == topUp.id())
                    .filter(refund -> refund.status() != TopUpRefund.Status.FAILED)
                    .map(TopUpRefund::amount)
                    .reduce(Won.ZERO, Won::plus);
            assertThat(topUp.refundedAmount()).isEqualTo(refunded);
            assertThat(refunded).isLessThanOrEqualTo(topUp.isCredited() ? topUp.amount() : Won.ZERO);
        }
    }
}
