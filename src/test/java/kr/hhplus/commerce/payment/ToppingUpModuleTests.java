package kr.hhplus.commerce.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Together;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** Top-ups over HTTP with the sandbox, in everything that it can do; the books are right after each. */
@OnDatabase
@ServedShop
@TestPropertySource(
        properties = {
            "commerce.payment.retry-min=50ms",
            "commerce.payment.poll-interval=50ms",
            "commerce.payment.refusal-recheck=50ms"
        })
class ToppingUpModuleTests {

    private final int port;
    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    ToppingUpModuleTests(@LocalServerPort int port) {
        this.port = port;
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    @AfterEach
    void theBooksAreRight() {
        JsonNode report = client.must(Call.get("/admin/audit")).json();
        assertThat(report.get("ok").booleanValue()).as(report.toPrettyString()).isTrue();
    }

    private String topUp(long user, long amount) {
        return client.must(Call.topUp(user, amount)).text("topUpId");
    }

    private void refused(Call call, String code) {
        Reply reply = client.send(call);
        assertThat(reply.code()).as(reply.toString()).isEqualTo(code);
    }

    private long balance(long user) {
        return client.must(Call.balance(user)).number("balance");
    }

    private JsonNode read(String topUp) {
        return client.must(Call.get("/top-ups/" + topUp)).json();
    }

    private JsonNode awaitStatus(String topUp, String status) {
        return Awaitility.await(topUp + " to be " + status)
                .atMost(Duration.ofSeconds(60))
                .until(() -> read(topUp), json -> json.get("status").textValue().equals(status));
    }

    private JsonNode awaitRefund(String topUp, String status) {
        return Awaitility.await("the refund of " + topUp + " to be " + status)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> read(topUp),
                        json -> json.at("/refunds/0/status").asText().equals(status));
    }

    @Test
    void creditsAConfirmedPaymentOnceWhateverIsRepeated() {
        long user = given.aUser();
        Reply created = client.must(Call.topUp(user, 5_000));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("status")).isEqualTo("PENDING");
        assertThat(created.json().at("/checkout/url").asText()).isNotEmpty();
        String id = created.text("topUpId");
        assertThat(balance(user)).isZero();
        Call confirm = Call.confirmTopUp(id, "approve").withKey("confirm-" + id);
        Reply paid = client.must(confirm);
        assertThat(paid.status()).isEqualTo(200);
        assertThat(paid.text("status")).isEqualTo("PAID");
        Reply again = client.must(confirm);
        assertThat(again.replayed()).isTrue();
        assertThat(again.json()).isEqualTo(paid.json());
        assertThat(client.must(Call.confirmTopUp(id, "approve")).json()).isEqualTo(paid.json());
        assertThat(balance(user)).isEqualTo(5_000);
        JsonNode entry = client.all("/balance/transactions?userId=" + user).get(0);
        assertThat(entry.get("type").textValue()).isEqualTo("TOP_UP");
        assertThat(entry.get("topUpId").textValue()).isEqualTo(id);
        long product = given.aProduct().price(2_000).onSale();
        assertThat(client.must(Call.order(user, Call.line(product, 1))).number("balance"))
                .isEqualTo(3_000);
    }

    @Test
    void creditsOnceWhereConfirmationsAndWebhooksRace() {
        for (String behaviour : List.of("approve", "time-out", "delay", "lost")) {
            long user = given.aUser();
            String id = topUp(user, 700);
            Call webhook =
                    Call.post("/payments/webhooks/sandbox", Map.of("data", Map.of("orderId", id, "status", "ABORTED")));
            List<Call> calls = new java.util.ArrayList<>(Collections.nCopies(4, Call.confirmTopUp(id, behaviour)));
            calls.addAll(Collections.nCopies(4, webhook));
            assertThat(Together.send(client, calls)).allMatch(Reply::done);
            awaitStatus(id, "PAID");
            assertThat(balance(user)).isEqualTo(700);
            assertThat(client.all("/balance/transactions?userId=" + user)).hasSize(1);
        }
    }

    @Test
    void chargesNothingForADeclinedPayment() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        refused(Call.confirmTopUp(id, "decline"), "PAYMENT_DECLINED");
        refused(Call.confirmTopUp(id, "approve"), "PAYMENT_DECLINED");
        assertThat(read(id).get("status").textValue()).isEqualTo("FAILED");
        assertThat(balance(user)).isZero();
    }

    @Test
    void goesOnAskingWhereTheAnswerIsLost() {
        for (String behaviour : List.of("time-out", "lost", "delay")) {
            long user = given.aUser();
            String id = topUp(user, 5_000);
            Call confirm = Call.confirmTopUp(id, behaviour).withKey("confirm-" + id);
            Reply first = client.must(confirm);
            assertThat(first.status()).as(behaviour).isEqualTo(202);
            assertThat(first.text("status")).isEqualTo("CONFIRMING");
            awaitStatus(id, "PAID");
            assertThat(client.must(confirm).text("status")).isEqualTo("PAID");
            assertThat(balance(user)).isEqualTo(5_000);
        }
    }

    @Test
    void takesAWebhookBeforeTheConfirmationForAHint() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        for (String status : List.of("DONE", "ABORTED", "DONE")) {
            client.must(
                    Call.post("/payments/webhooks/sandbox", Map.of("data", Map.of("orderId", id, "status", status))));
        }
        client.must(Call.post("/payments/webhooks/sandbox", Map.of("orderId", "0000000000009")));
        client.must(Call.post("/payments/webhooks/unknown", Map.of("orderId", id)));
        assertThat(read(id).get("status").textValue()).isEqualTo("PENDING");
        client.must(Call.confirmTopUp(id, "approve"));
        assertThat(balance(user)).isEqualTo(5_000);
    }

    /** A provider calls a local shop through a tunnel, whose name the shop does not know. */
    @Test
    void takesWebhooksFromAnyOriginAndNothingElse() {
        Wire wire = new Wire(port);
        String json = "application/json";
        String[] foreign = {"Host: shop.tunnel.example", "Origin: https://api.tosspayments.com"};
        for (String header : foreign) {
            assertThat(wire.post("/payments/webhooks/sandbox", json, "{}", header)
                            .status())
                    .isEqualTo(200);
            assertThat(wire.get("/payments/webhooks/sandbox", header).code()).isEqualTo("FORBIDDEN");
            assertThat(wire.post("/payments/webhooks/sandbox/../../top-ups", json, "{}", header)
                            .code())
                    .isEqualTo("FORBIDDEN");
            assertThat(wire.post("/top-ups", json, "{}", header).code()).isEqualTo("FORBIDDEN");
        }
    }

    private void isPaidAndTheProcessDies(String topUp, String nextAttemptAt) {
        long number = IdText.parse(topUp).orElseThrow();
        jdbc.update(
                "INSERT INTO sandbox_payment (top_up_id, payment_key, amount, status, approved_at, unknown_answers)"
                        + " SELECT id, 'sandbox-approve', amount, 'DONE', created_at, 0 FROM top_up WHERE id = ?",
                number);
        jdbc.update(
                "UPDATE top_up SET status = 'CONFIRMING', payment_key = 'sandbox-approve', begun_at = created_at,"
                        + " next_attempt_at = " + nextAttemptAt + " WHERE id = ?",
                number);
    }

    @Test
    void creditsWhatWasPaidWhenTheProcessDied() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        isPaidAndTheProcessDies(id, "created_at");
        awaitStatus(id, "PAID");
        assertThat(balance(user)).isEqualTo(5_000);
    }

    @Test
    void expiresWithoutAPayment() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        jdbc.update(
                "UPDATE top_up SET expires_at = '2026-01-01 00:00:00', next_attempt_at = '2026-01-01 00:00:00'"
                        + " WHERE id = ?",
                IdText.parse(id).orElseThrow());
        refused(Call.confirmTopUp(id, "approve"), "TOP_UP_EXPIRED");
        awaitStatus(id, "EXPIRED");
        refused(Call.confirmTopUp(id, "approve"), "TOP_UP_EXPIRED");
        assertThat(balance(user)).isZero();
    }

    @Test
    void creditsAPaymentThatTurnsOutToBeMadeAfterItsEnd() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        long number = IdText.parse(id).orElseThrow();
        refused(Call.confirmTopUp(id, "decline"), "PAYMENT_DECLINED");
        jdbc.update("UPDATE sandbox_payment SET status = 'DONE', approved_at = NOW(3) WHERE top_up_id = ?", number);
        client.must(Call.post("/payments/webhooks/sandbox", Map.of("orderId", id)));
        awaitStatus(id, "PAID");
        assertThat(balance(user)).isEqualTo(5_000);
    }

    @Test
    void refusesWhatDoesNotFit() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        refused(
                Call.post("/top-ups/" + id + "/confirm", Map.of("paymentKey", "sandbox-approve", "amount", 4_999)),
                "AMOUNT_MISMATCH");
        refused(Call.post("/top-ups", Map.of("userId", user, "amount", 1, "provider", "nobody")), "INVALID_REQUEST");
        refused(Call.topUp(user, 10_000_001), "INVALID_REQUEST");
        refused(Call.get("/top-ups/0000000000009"), "TOP_UP_NOT_FOUND");
        client.must(Call.topUp(user, 10_000_000));
        refused(Call.topUp(user, 9_995_001), "TOP_UP_LIMIT_EXCEEDED");
        client.must(Call.topUp(user, 9_995_000));
    }

    @Test
    void countsOpenTopUpsTowardsTheLimitOfABalance() {
        long user = given.aUserWithBalance(99_000_000);
        String first = topUp(user, 600_000);
        refused(Call.topUp(user, 400_001), "BALANCE_LIMIT_EXCEEDED");
        String second = topUp(user, 400_000);
        client.must(Call.charge(user, 1));
        refused(Call.confirmTopUp(second, "approve"), "BALANCE_LIMIT_EXCEEDED");
        refused(Call.confirmTopUp(first, "approve"), "BALANCE_LIMIT_EXCEEDED");
        assertThat(balance(user)).isEqualTo(99_000_001);
    }

    @Test
    void listsTopUpsNewestFirst() {
        long user = given.aUser();
        String first = topUp(user, 1);
        String second = topUp(user, 2);
        assertThat(client.all("/top-ups?userId=" + user))
                .extracting(item -> item.get("topUpId").textValue())
                .containsExactly(second, first);
    }

    @Test
    void refundsAPartAndNoMoreThanIsLeft() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        client.must(Call.confirmTopUp(id, "approve"));
        refused(Call.refundTopUp(id, 5_001), "REFUND_EXCEEDS_TOP_UP");
        Call refund = Call.refundTopUp(id, 2_000).withKey("refund-" + id);
        Reply first = client.must(refund);
        assertThat(first.status()).isEqualTo(201);
        assertThat(client.must(refund).json()).isEqualTo(first.json());
        assertThat(balance(user)).isEqualTo(3_000);
        JsonNode done = awaitRefund(id, "DONE");
        assertThat(done.get("status").textValue()).isEqualTo("PARTIALLY_REFUNDED");
        assertThat(done.get("refundedAmount").longValue()).isEqualTo(2_000);
        long product = given.aProduct().price(1_000).onSale();
        client.must(Call.order(user, Call.line(product, 1)));
        refused(Call.refundTopUp(id, 3_000), "INSUFFICIENT_BALANCE");
        client.must(Call.refundTopUp(id, 2_000));
        refused(Call.refundTopUp(id, 1_001), "REFUND_EXCEEDS_TOP_UP");
        assertThat(balance(user)).isZero();
    }

    @Test
    void returnsARefundThatTheProviderRefuses() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        client.must(Call.confirmTopUp(id, "refuse-refund"));
        client.must(Call.refundTopUp(id, 5_000));
        awaitRefund(id, "FAILED");
        JsonNode failed = awaitStatus(id, "PAID");
        assertThat(failed.get("refundedAmount").longValue()).isZero();
        assertThat(balance(user)).isEqualTo(5_000);
        assertThat(client.all("/balance/transactions?userId=" + user))
                .extracting(entry -> entry.get("amount").longValue())
                .containsExactly(5_000L, -5_000L, 5_000L);
    }

    private static Call cancel(String topUp, String reason) {
        return Call.post("/admin/top-ups/" + topUp + "/cancel", Map.of("reason", reason));
    }

    @Test
    void endsATopUpOfAnotherAmountOnceItsPaymentIsCancelled() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        refused(cancel(id, "too early"), "TOP_UP_NOT_CANCELLABLE");
        assertThat(client.must(Call.confirmTopUp(id, "other-amount")).status()).isEqualTo(202);
        Call cancel = cancel(id, "5,001 won were paid").withKey("cancel-" + id);
        Reply cancelled = client.must(cancel);
        assertThat(cancelled.text("status")).isEqualTo("FAILED");
        assertThat(cancelled.text("failure")).isEqualTo("the payment was cancelled");
        assertThat(client.must(cancel).replayed()).isTrue();
        refused(cancel(id, "another request").withKey("cancel-" + id), "IDEMPOTENCY_KEY_REUSED");
        refused(Call.confirmTopUp(id, "approve"), "PAYMENT_DECLINED");
        assertThat(balance(user)).isZero();
        assertThat(jdbc.queryForList(
                        "SELECT status FROM sandbox_payment WHERE top_up_id = ?",
                        String.class,
                        IdText.parse(id).orElseThrow()))
                .containsExactly("CANCELLED");
        assertThat(client.all("/admin/trail"))
                .filteredOn(entry -> entry.toString().contains(id))
                .hasSize(1)
                .allMatch(entry -> entry.toString().contains("TOP_UP_CANCELLED")
                        && entry.toString().contains("5,001 won were paid"));
    }

    @Test
    void cancelsNoPaymentThatIsOrMayBeCredited() {
        long user = given.aUser();
        String paid = topUp(user, 5_000);
        client.must(Call.confirmTopUp(paid, "approve"));
        refused(cancel(paid, "by mistake"), "TOP_UP_NOT_CANCELLABLE");
        String open = topUp(user, 1_000);
        isPaidAndTheProcessDies(open, "expires_at");
        refused(cancel(open, "by mistake"), "TOP_UP_NOT_CANCELLABLE");
        client.must(Call.post("/payments/webhooks/sandbox", Map.of("orderId", open)));
        awaitStatus(open, "PAID");
        assertThat(balance(user)).isEqualTo(6_000);
    }

    @Test
    void cancelsNothingWhereNothingWasPaid() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        refused(Call.confirmTopUp(id, "decline"), "PAYMENT_DECLINED");
        refused(cancel(id, "nothing was paid"), "TOP_UP_NOT_CANCELLABLE");
        assertThat(client.all("/admin/trail"))
                .noneMatch(entry -> entry.toString().contains(id));
    }

    @Test
    void asksForAnOperatorWhereAFailedTopUpHasAPaymentThatDoesNotFit() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        long number = IdText.parse(id).orElseThrow();
        refused(Call.confirmTopUp(id, "decline"), "PAYMENT_DECLINED");
        jdbc.update(
                "UPDATE sandbox_payment SET status = 'DONE', amount = 4999, approved_at = NOW(3) WHERE top_up_id = ?",
                number);
        client.must(Call.post("/payments/webhooks/sandbox", Map.of("orderId", id)));
        Awaitility.await("the call for an operator")
                .atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.queryForObject(
                                "SELECT COUNT(*) FROM top_up WHERE id = ? AND needs_operator LIKE '4999 won%'",
                                Long.class, number)
                        == 1);
        assertThat(client.must(cancel(id, "4,999 won were paid")).text("status"))
                .isEqualTo("FAILED");
        assertThat(client.all("/admin/trail"))
                .filteredOn(entry -> entry.toString().contains(id))
                .hasSize(1);
        assertThat(jdbc.queryForObject("SELECT status FROM sandbox_payment WHERE top_up_id = ?", String.class, number))
                .isEqualTo("CANCELLED");
    }

    @Test
    void endsATopUpOnceWhereOperatorsRace() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        client.must(Call.confirmTopUp(id, "other-amount"));
        List<Reply> replies = Together.send(client, Collections.nCopies(6, cancel(id, "another amount")));
        assertThat(replies).allMatch(Reply::done);
        assertThat(read(id).get("status").textValue()).isEqualTo("FAILED");
        assertThat(client.all("/admin/trail"))
                .filteredOn(entry -> entry.toString().contains(id))
                .hasSize(1);
    }

    @Test
    void paysARefundBackOnceWhereTheAnswerIsLost() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        client.must(Call.confirmTopUp(id, "refund-time-out"));
        client.must(Call.refundTopUp(id, 5_000));
        assertThat(awaitRefund(id, "DONE").get("status").textValue()).isEqualTo("REFUNDED");
        assertThat(balance(user)).isZero();
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM sandbox_cancel WHERE top_up_id = ?",
                        Long.class,
                        IdText.parse(id).orElseThrow()))
                .isEqualTo(1);
    }

    @Test
    void comparesADayWithTheProviderLineByLine() {
        long user = given.aUser();
        String id = topUp(user, 5_000);
        client.must(Call.confirmTopUp(id, "approve"));
        client.must(Call.refundTopUp(id, 2_000));
        awaitRefund(id, "DONE");
        String other = topUp(user, 1_000);
        client.must(Call.confirmTopUp(other, "approve"));
        jdbc.update(
                "UPDATE sandbox_payment SET amount = 999 WHERE top_up_id = ?",
                IdText.parse(other).orElseThrow());
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Seoul"));
        JsonNode report = client.must(Call.get("/admin/top-ups/reconciliation?date=" + today))
                .json();
        assertThat(linesOf(report, id)).containsExactly("PAYMENT 5000 5000", "REFUND 2000 2000");
        assertThat(linesOf(report, other)).containsExactlyInAnyOrder("PAYMENT 999 ", "PAYMENT  1000");
        assertThat(report.get("ok").booleanValue()).isFalse();
        jdbc.update(
                "UPDATE sandbox_payment SET amount = 1000 WHERE top_up_id = ?",
                IdText.parse(other).orElseThrow());
        jdbc.update(
                "UPDATE top_up SET provider = 'earlier' WHERE id = ?",
                IdText.parse(id).orElseThrow());
        JsonNode withoutIt = client.must(Call.get("/admin/top-ups/reconciliation?date=" + today))
                .json();
        assertThat(linesOf(withoutIt, id)).containsExactly("PAYMENT 5000 ", "REFUND 2000 ");
        jdbc.update(
                "UPDATE top_up SET provider = 'sandbox' WHERE id = ?",
                IdText.parse(id).orElseThrow());
    }

    private static List<String> linesOf(JsonNode report, String topUp) {
        List<String> lines = new java.util.ArrayList<>();
        for (JsonNode line : report.get("lines")) {
            if (line.get("topUpId").textValue().equals(topUp)) {
                lines.add(line.get("kind").textValue() + " "
                        + line.path("providerAmount").asText("") + " "
                        + line.path("ledgerAmount").asText(""));
            }
        }
        return lines;
    }
}
