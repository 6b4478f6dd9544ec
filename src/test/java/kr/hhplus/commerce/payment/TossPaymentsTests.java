package kr.hhplus.commerce.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.payment.Payment.State;
import kr.hhplus.commerce.payment.PaymentProperties.Toss;
import kr.hhplus.commerce.testkit.TossStub;
import kr.hhplus.commerce.testkit.TossStub.Fault;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpRefund;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls to Toss Payments, with a server that keeps to the public reference and misbehaves. */
class TossPaymentsTests {

    private static final long ID = 123_456_789L;
    private static final String ORDER = IdText.of(ID);
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private final TossStub stub = new TossStub();
    private final TossPayments toss = new TossPayments(
            new Toss(TossStub.SECRET_KEY, "test_ck_docs", stub.base(), Duration.ofSeconds(10), Duration.ofSeconds(30)));

    /** For calls that are not answered. */
    private TossPayments impatient() {
        return new TossPayments(new Toss(
                TossStub.SECRET_KEY, "test_ck_docs", stub.base(), Duration.ofSeconds(2), Duration.ofMillis(1_500)));
    }

    @AfterEach
    void close() {
        stub.close();
    }

    private static TopUp topUp(String key) {
        return new TopUp(
                ID,
                7,
                Won.of(5_000),
                Won.ZERO,
                TopUp.Status.CONFIRMING,
                "toss",
                key,
                null,
                null,
                NOW,
                NOW.plusSeconds(1800),
                null,
                false);
    }

    private static TopUpRefund refund(long id, long amount) {
        return new TopUpRefund(
                id, ID, 7, Won.of(amount), "asked", TopUpRefund.Status.PENDING, null, 2, null, NOW, null, null);
    }

    private RefundOutcome refunded(TopUp topUp, TopUpRefund refund, int requestNo) {
        return toss.refund(topUp, refund, requestNo, Set.of());
    }

    /** The number of the next request, as the settlement chooses it. */
    private static int nextAfter(Throwable failure) {
        assertThat(failure).isInstanceOf(RuntimeException.class);
        return failure instanceof ProviderUnavailableException unavailable && unavailable.answered() ? 1 : 0;
    }

    private long balanceOf(TopUp topUp) {
        return stub.payment(topUp.paymentKey()).get("balanceAmount").asLong();
    }

    private TopUp authorized() {
        return topUp(stub.authorize(ORDER, 5_000));
    }

    @Test
    void confirmsAPayment() {
        TopUp topUp = authorized();
        Payment payment = toss.confirm(topUp, 0);
        assertThat(payment.state()).isEqualTo(State.DONE);
        assertThat(payment.amount()).isEqualTo(Won.of(5_000));
        assertThat(payment.paymentKey()).isEqualTo(topUp.paymentKey());
        assertThat(payment.approvedAt()).isNotNull();
        assertThat(toss.find(topUp)).isEqualTo(payment);
        assertThat(toss.find(topUp(null))).isEqualTo(payment);
    }

    @Test
    void queriesWhereThePaymentWasProcessedBefore() {
        TopUp topUp = authorized();
        stub.payment(topUp.paymentKey()).put("status", "DONE").put("approvedAt", "2026-11-22T12:00:00+09:00");
        assertThat(toss.confirm(topUp, 0).state()).isEqualTo(State.DONE);
        assertThat(stub.calls(""))
                .containsExactly("POST /v1/payments/confirm", "GET /v1/payments/" + topUp.paymentKey());
    }

    @Test
    void leavesAProcessedPaymentOpenThatTheQueryDoesNotShowYet() {
        TopUp topUp = authorized();
        stub.confirmErrors("ALREADY_PROCESSED_PAYMENT");
        assertThatThrownBy(() -> toss.confirm(topUp, 0)).isInstanceOf(ProviderUnavailableException.class);
        stub.confirmErrors("FORBIDDEN_CONSECUTIVE_REQUEST");
        assertThatThrownBy(() -> toss.confirm(topUp, 1)).isInstanceOf(ProviderUnavailableException.class);
        assertThat(stub.payment(topUp.paymentKey()).get("status").asText()).isEqualTo("IN_PROGRESS");
    }

    @Test
    void tellsADeclineFromATrouble() {
        TopUp topUp = authorized();
        stub.declineWith("REJECT_CARD_PAYMENT");
        Payment payment = toss.confirm(topUp, 0);
        assertThat(payment.state()).isEqualTo(State.FAILED);
        assertThat(payment.failure()).startsWith("REJECT_CARD_PAYMENT");
    }

    @Test
    void takesAPaymentThatWaitsForADepositForNone() {
        TopUp topUp = authorized();
        stub.confirmsAs("WAITING_FOR_DEPOSIT");
        assertThat(toss.confirm(topUp, 0).state()).isEqualTo(State.FAILED);
        assertThat(stub.payment(topUp.paymentKey()).get("status").asText()).isEqualTo("CANCELED");
        assertThat(toss.transactions(LocalDate.now(ZoneId.of("Asia/Seoul"))))
                .as("no money came, so none was paid back")
                .isEmpty();
    }

    @Test
    void believesNoPaymentOfAnotherOrder() {
        String foreign = stub.authorize("0000000000009", 5_000);
        stub.payment(foreign).put("status", "DONE").put("approvedAt", "2026-11-22T12:00:00+09:00");
        assertThat(toss.find(topUp(foreign))).isEqualTo(Payment.ABSENT);
        assertThat(toss.confirm(topUp(foreign), 0).state()).isEqualTo(State.FAILED);
    }

    @Test
    void takesNoPaymentOfAnotherAmountForPaidAndCancelsIt() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.payment(topUp.paymentKey()).put("totalAmount", 4_999).put("balanceAmount", 4_999);
        Payment payment = toss.find(topUp);
        assertThat(payment.state()).isEqualTo(State.MISMATCHED);
        assertThat(payment.failure()).contains("4999 won were paid for a top-up of 5000");
        toss.cancel(topUp, payment, "another amount");
        assertThat(toss.find(topUp).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void takesNoPaymentForPaidOfWhichAPartWasCancelledAndCancelsTheRest() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.cancelNow(topUp.paymentKey(), 2_000, "by hand");
        Payment payment = toss.find(topUp);
        assertThat(payment.state()).isEqualTo(State.MISMATCHED);
        toss.cancel(topUp, payment, "a part is gone");
        assertThat(toss.find(topUp).state()).isEqualTo(State.CANCELLED);
        assertThat(balanceOf(topUp)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void leavesTheOutcomeUnknownAndFindsItLater(Fault fault) {
        TopUp topUp = authorized();
        stub.next(fault);
        int next = nextAfter(catchThrowable(() -> impatient().confirm(topUp, 0)));
        boolean happened = toss.find(topUp).state() == State.DONE;
        assertThat(happened).isEqualTo(fault.name().endsWith("_AFTER"));
        assertThat(toss.confirm(topUp, next).state()).isEqualTo(State.DONE);
        stub.next(fault);
        assertThatThrownBy(() -> impatient().find(topUp)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void paysARefundBackOnce(Fault fault) {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        TopUpRefund refund = refund(1, 2_000);
        // The first call finds out whether it was paid back before.
        stub.next(Fault.NONE, fault);
        int next = nextAfter(catchThrowable(() -> impatient().refund(topUp, refund, 0, Set.of())));
        assertThat(refunded(topUp, refund, next)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(refunded(topUp, refund, next)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(balanceOf(topUp)).isEqualTo(3_000);
        assertThat(refunded(topUp, refund(2, 3_000), 0)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(refunded(topUp, refund(3, 1), 0)).isInstanceOf(RefundOutcome.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"TOO_MANY_REQUESTS", "WRONG_KEY", "HANGS_AFTER"})
    void takesNoNewKeyWithoutAnAnswer(Fault fault) {
        TopUp topUp = authorized();
        stub.next(fault);
        assertThat(nextAfter(catchThrowable(() -> impatient().confirm(topUp, 0))))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_CANCELABLE_PAYMENT", "FAILED_CLOSED_ACCOUNT_REFUND"})
    void tellsARefusedRefund(String code) {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.refusesCancelWith(code);
        assertThat(refunded(topUp, refund(1, 2_000), 0))
                .isInstanceOfSatisfying(RefundOutcome.Refused.class, refused -> assertThat(refused.failure())
                        .startsWith(code));
    }

    @Test
    void takesAPaymentThatWasCancelledInTheConsoleForPaidBack() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.cancelNow(topUp.paymentKey(), 5_000, "by hand");
        assertThat(refunded(topUp, refund(1, 5_000), 0)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(refunded(topUp, refund(2, 2_000), 0)).isInstanceOf(RefundOutcome.Refused.class);
    }

    @Test
    void waitsForACancellationThatIsUnderWay() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        refunded(topUp, refund(1, 2_000), 0);
        ObjectNode cancel =
                (ObjectNode) stub.payment(topUp.paymentKey()).get("cancels").get(0);
        cancel.put("cancelStatus", "IN_PROGRESS");
        assertThatThrownBy(() -> refunded(topUp, refund(1, 2_000), 0)).isInstanceOf(ProviderUnavailableException.class);
        cancel.put("cancelStatus", "ABORTED");
        assertThat(refunded(topUp, refund(1, 2_000), 0)).isInstanceOf(RefundOutcome.Refused.class);
        assertThat(balanceOf(topUp)).isEqualTo(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORBIDDEN_REQUEST", "PROVIDER_ERROR"})
    void confirmsUnderANewKeyAfterAnErrorThatIsRepeated(String error) {
        TopUp topUp = authorized();
        stub.confirmErrors(error);
        assertThat(nextAfter(catchThrowable(() -> toss.confirm(topUp, 0)))).isEqualTo(1);
        stub.confirmErrors(null);
        assertThat(nextAfter(catchThrowable(() -> toss.confirm(topUp, 0)))).isEqualTo(1);
        assertThat(toss.confirm(topUp, 1).state()).isEqualTo(State.DONE);
    }

    @Test
    void cancelsAPaymentThatWaitsForADepositOnceTheErrorIsOver() {
        TopUp topUp = authorized();
        stub.confirmsAs("WAITING_FOR_DEPOSIT");
        stub.refusesCancelWith("FAILED_INTERNAL_SYSTEM_PROCESSING");
        assertThatThrownBy(() -> toss.confirm(topUp, 0)).isInstanceOf(ProviderUnavailableException.class);
        stub.refusesCancelWith(null);
        assertThat(toss.find(topUp).state()).isEqualTo(State.FAILED);
        assertThat(stub.payment(topUp.paymentKey()).get("status").asText()).isEqualTo("CANCELED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED_REFUND_PROCESS", "FORBIDDEN_REQUEST", "NOT_AVAILABLE_BANK"})
    void asksForARefundUnderANewKeyAfterAnErrorThatIsRepeated(String error) {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.refusesCancelWith(error);
        TopUpRefund refund = refund(1, 2_000);
        assertThat(nextAfter(catchThrowable(() -> refunded(topUp, refund, 0)))).isEqualTo(1);
        stub.refusesCancelWith(null);
        assertThat(nextAfter(catchThrowable(() -> refunded(topUp, refund, 0)))).isEqualTo(1);
        assertThat(refunded(topUp, refund, 1)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(balanceOf(topUp)).isEqualTo(3_000);
    }

    /** An answer of 200 that is lost with the process is repeated under the same key. */
    @Test
    void paysBackOnceWhereTheReasonIsNotKept() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.dropsReasons(true);
        assertThat(refunded(topUp, refund(1, 2_000), 0)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(refunded(topUp, refund(1, 2_000), 0)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(balanceOf(topUp)).isEqualTo(3_000);
    }

    @Test
    void paysBackOnceWhereTheReasonIsNotKeptAndTheAnswerIsAnError() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.dropsReasons(true);
        stub.next(Fault.NONE, Fault.FAILS_AFTER);
        int next = nextAfter(catchThrowable(() -> refunded(topUp, refund(1, 2_000), 0)));
        assertThat(next).isEqualTo(1);
        assertThat(refunded(topUp, refund(1, 2_000), next)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(balanceOf(topUp)).isEqualTo(3_000);
    }

    /** The second refund finds the cancellation of the first one, which is not its own. */
    @Test
    void paysTwoRefundsOfOneAmountBackWhereReasonsAreNotKept() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.dropsReasons(true);
        RefundOutcome.Done first = (RefundOutcome.Done) refunded(topUp, refund(1, 2_000), 0);
        RefundOutcome.Done second =
                (RefundOutcome.Done) toss.refund(topUp, refund(2, 2_000), 1, Set.of(first.cancelKey()));
        assertThat(second.cancelKey()).isNotEqualTo(first.cancelKey());
        assertThat(balanceOf(topUp)).isEqualTo(1_000);
    }

    /** Another refund has taken the cancellation of a request whose answer was lost. */
    @Test
    void asksAnewForARefundWhoseCancellationIsTaken() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.dropsReasons(true);
        stub.next(Fault.NONE, Fault.HANGS_AFTER);
        assertThat(nextAfter(catchThrowable(() -> impatient().refund(topUp, refund(1, 2_000), 0, Set.of()))))
                .isZero();
        RefundOutcome.Done other = (RefundOutcome.Done) refunded(topUp, refund(2, 2_000), 1);
        Set<String> taken = Set.of(other.cancelKey());
        assertThat(nextAfter(catchThrowable(() -> toss.refund(topUp, refund(1, 2_000), 0, taken))))
                .isEqualTo(1);
        assertThat(toss.refund(topUp, refund(1, 2_000), 1, taken)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(balanceOf(topUp)).isEqualTo(1_000);
    }

    @Test
    void paysBackInAdditionToWhatWasCancelledByHandBefore() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        stub.cancelNow(topUp.paymentKey(), 1_000, "by hand");
        assertThat(refunded(topUp, refund(1, 1_000), 0)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(balanceOf(topUp)).isEqualTo(3_000);
    }

    /** As two instances would: each has queried the payment before the other one cancels. */
    @Test
    void paysBackOnceWhereTwoRequestsOfOneRefundRace() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        TopUpRefund refund = refund(1, 2_000);
        CountDownLatch held = stub.holdCancels();
        List<CompletableFuture<Object>> running = Stream.of(0, 1)
                .map(requestNo -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return (Object) refunded(topUp, refund, requestNo);
                    } catch (ProviderUnavailableException e) {
                        return e;
                    }
                }))
                .toList();
        Awaitility.await().until(() -> stub.calls("/cancel").size() == 2);
        held.countDown();
        assertThat(running)
                .extracting(CompletableFuture::join)
                .noneMatch(RefundOutcome.Refused.class::isInstance)
                .anyMatch(RefundOutcome.Done.class::isInstance);
        assertThat(balanceOf(topUp)).isEqualTo(3_000);
    }

    @Test
    void listsTheTransactionsOfADay() {
        TopUp topUp = authorized();
        toss.confirm(topUp, 0);
        refunded(topUp, refund(1, 2_000), 0);
        List<ProviderTransaction> transactions = toss.transactions(LocalDate.now(ZoneId.of("Asia/Seoul")));
        assertThat(transactions)
                .extracting(ProviderTransaction::orderId, ProviderTransaction::refund, ProviderTransaction::amount)
                .containsExactly(tuple(ORDER, false, Won.of(5_000)), tuple(ORDER, true, Won.of(2_000)));
    }

    @Test
    void listsADayOfMoreThanOnePage() {
        for (int id = 1; id <= 2_500; id++) {
            stub.approve(stub.authorize(IdText.of(id), 1));
        }
        assertThat(toss.transactions(LocalDate.now(ZoneId.of("Asia/Seoul"))))
                .hasSize(2_500)
                .doesNotHaveDuplicates();
    }

    @Test
    void findsTheTopUpOfAWebhook() throws Exception {
        ObjectMapper json = new ObjectMapper();
        assertThat(toss.topUpOf(json.readTree(
                        "{\"eventType\":\"PAYMENT_STATUS_CHANGED\",\"data\":{\"orderId\":\"" + ORDER + "\"}}")))
                .hasValue(ID);
        assertThat(toss.topUpOf(json.readTree("{\"orderId\":\"" + ORDER + "\",\"status\":\"DONE\"}")))
                .hasValue(ID);
        for (String odd : List.of("{}", "[]", "1", "{\"data\":1}", "{\"orderId\":{}}", "{\"orderId\":\"x\"}")) {
            assertThat(toss.topUpOf(json.readTree(odd))).isEmpty();
        }
    }
}
