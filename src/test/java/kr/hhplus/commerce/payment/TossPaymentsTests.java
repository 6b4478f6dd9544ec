package kr.hhplus.commerce.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.payment.Payment.State;
import kr.hhplus.commerce.payment.PaymentProperties.Toss;
import kr.hhplus.commerce.testkit.TossStub;
import kr.hhplus.commerce.testkit.TossStub.Fault;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpRefund;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls to Toss Payments, with a server that keeps to the public reference and misbehaves. */
class TossPaymentsTests {

    private static final long ID = 123_456_789L;
    private static final String ORDER = IdText.of(ID);
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private final TossStub stub = new TossStub();
    private final TossPayments toss = toss(Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));

    private TossPayments toss(Clock clock) {
        return new TossPayments(
                new Toss(
                        TossStub.SECRET_KEY,
                        "test_ck_docs",
                        stub.base(),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(700)),
                clock);
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
                null);
    }

    private static TopUpRefund refund(long id, long amount) {
        return new TopUpRefund(
                id, ID, 7, Won.of(amount), "asked", TopUpRefund.Status.PENDING, null, 2, null, NOW, null);
    }

    private TopUp authorized() {
        return topUp(stub.authorize(ORDER, 5_000));
    }

    @Test
    void confirmsAPayment() {
        TopUp topUp = authorized();
        Payment payment = toss.confirm(topUp);
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
        assertThat(toss.confirm(topUp).state()).isEqualTo(State.DONE);
        assertThat(stub.calls(""))
                .containsExactly("POST /v1/payments/confirm", "GET /v1/payments/" + topUp.paymentKey());
    }

    @Test
    void leavesAProcessedPaymentOpenThatTheQueryDoesNotShowYet() {
        TopUp topUp = authorized();
        stub.confirmErrors("ALREADY_PROCESSED_PAYMENT");
        assertThatThrownBy(() -> toss.confirm(topUp)).isInstanceOf(ProviderUnavailableException.class);
        stub.confirmErrors("FORBIDDEN_CONSECUTIVE_REQUEST");
        assertThatThrownBy(() -> toss.confirm(topUp)).isInstanceOf(ProviderUnavailableException.class);
        assertThat(stub.payment(topUp.paymentKey()).get("status").asText()).isEqualTo("IN_PROGRESS");
    }

    @Test
    void tellsADeclineFromATrouble() {
        TopUp topUp = authorized();
        stub.declineWith("REJECT_CARD_PAYMENT");
        Payment payment = toss.confirm(topUp);
        assertThat(payment.state()).isEqualTo(State.FAILED);
        assertThat(payment.failure()).startsWith("REJECT_CARD_PAYMENT");
    }

    @Test
    void takesAPaymentThatWaitsForADepositForNone() {
        TopUp topUp = authorized();
        stub.confirmsAs("WAITING_FOR_DEPOSIT");
        assertThat(toss.confirm(topUp).state()).isEqualTo(State.FAILED);
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
        assertThat(toss.confirm(topUp(foreign)).state()).isEqualTo(State.FAILED);
    }

    @Test
    void tellsTheProvidersAmount() {
        TopUp topUp = authorized();
        toss.confirm(topUp);
        stub.payment(topUp.paymentKey()).put("totalAmount", 4_999);
        assertThat(toss.find(topUp).amount()).isEqualTo(Won.of(4_999));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void leavesTheOutcomeUnknownAndFindsItLater(Fault fault) {
        TopUp topUp = authorized();
        stub.next(fault);
        assertThatThrownBy(() -> toss.confirm(topUp)).isInstanceOf(RuntimeException.class);
        boolean happened = toss.find(topUp).state() == State.DONE;
        assertThat(happened).isEqualTo(fault.name().endsWith("_AFTER"));
        assertThat(toss.confirm(topUp).state()).isEqualTo(State.DONE);
        stub.next(fault);
        assertThatThrownBy(() -> toss.find(topUp)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void paysARefundBackOnce(Fault fault) {
        TopUp topUp = authorized();
        toss.confirm(topUp);
        TopUpRefund refund = refund(1, 2_000);
        // The first call finds out whether it was paid back before.
        stub.next(Fault.NONE, fault);
        assertThatThrownBy(() -> toss.refund(topUp, refund)).isInstanceOf(RuntimeException.class);
        assertThat(toss.refund(topUp, refund)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(toss.refund(topUp, refund)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(stub.payment(topUp.paymentKey()).get("balanceAmount").asLong())
                .isEqualTo(3_000);
        assertThat(toss.refund(topUp, refund(2, 3_000))).isInstanceOf(RefundOutcome.Done.class);
        assertThat(toss.refund(topUp, refund(3, 1))).isInstanceOf(RefundOutcome.Refused.class);
    }

    @Test
    void tellsARefusedRefund() {
        TopUp topUp = authorized();
        toss.confirm(topUp);
        stub.refusesCancelWith("NOT_CANCELABLE_PAYMENT");
        assertThat(toss.refund(topUp, refund(1, 2_000)))
                .isInstanceOfSatisfying(RefundOutcome.Refused.class, refused -> assertThat(refused.failure())
                        .startsWith("NOT_CANCELABLE_PAYMENT"));
    }

    @Test
    void takesAPaymentThatWasCancelledInTheConsoleForPaidBack() {
        TopUp topUp = authorized();
        toss.confirm(topUp);
        stub.payment(topUp.paymentKey())
                .put("status", "CANCELED")
                .putArray("cancels")
                .addObject()
                .put("cancelReason", "by hand")
                .put("cancelAmount", 5_000)
                .put("canceledAt", "2026-11-22T12:00:00+09:00");
        stub.refusesCancelWith("ALREADY_CANCELED_PAYMENT");
        assertThat(toss.refund(topUp, refund(1, 5_000))).isInstanceOf(RefundOutcome.Done.class);
        assertThat(toss.refund(topUp, refund(2, 2_000))).isInstanceOf(RefundOutcome.Refused.class);
    }

    @Test
    void waitsForACancellationThatIsUnderWay() {
        TopUp topUp = authorized();
        toss.confirm(topUp);
        toss.refund(topUp, refund(1, 2_000));
        ObjectNode cancel =
                (ObjectNode) stub.payment(topUp.paymentKey()).get("cancels").get(0);
        cancel.put("cancelStatus", "IN_PROGRESS");
        assertThatThrownBy(() -> toss.refund(topUp, refund(1, 2_000))).isInstanceOf(ProviderUnavailableException.class);
        cancel.put("cancelStatus", "ABORTED");
        assertThat(toss.refund(topUp, refund(1, 2_000))).isInstanceOf(RefundOutcome.Refused.class);
        assertThat(stub.payment(topUp.paymentKey()).get("balanceAmount").asLong())
                .isEqualTo(3_000);
    }

    @Test
    void asksForARefundWithAnotherKeyOnTheNextDay() {
        TopUp topUp = authorized();
        toss.confirm(topUp);
        stub.repeatErrors(true);
        stub.refusesCancelWith("FAILED_REFUND_PROCESS");
        TopUpRefund refund = refund(1, 2_000);
        assertThatThrownBy(() -> toss.refund(topUp, refund)).isInstanceOf(ProviderUnavailableException.class);
        stub.refusesCancelWith(null);
        assertThatThrownBy(() -> toss.refund(topUp, refund)).isInstanceOf(ProviderUnavailableException.class);
        TossPayments tomorrow = toss(Clock.fixed(NOW.plusSeconds(90_000), ZoneOffset.UTC));
        assertThat(tomorrow.refund(topUp, refund)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(toss.refund(topUp, refund)).isInstanceOf(RefundOutcome.Done.class);
        assertThat(stub.payment(topUp.paymentKey()).get("balanceAmount").asLong())
                .isEqualTo(3_000);
    }

    @Test
    void listsTheTransactionsOfADay() {
        TopUp topUp = authorized();
        toss.confirm(topUp);
        toss.refund(topUp, refund(1, 2_000));
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
