package kr.hhplus.commerce.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.SecretTokens;
import kr.hhplus.commerce.testkit.TossStub;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.wallet.TopUpService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A shop on the internet: a user's balance grows by payments alone, at Toss Payments, which misbehaves. After each
 * story the books are right, and equal to the provider's.
 */
@ExtendWith(OutputCaptureExtension.class)
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.wallet.self-charge=false",
            "commerce.rate-limit.enabled=false",
            "commerce.rate-limit.accounts.sign-up=1000/h burst 1000",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=" + PayingWithTossModuleTests.KEY,
            "commerce.payment.provider=toss",
            "commerce.payment.toss.secret-key=" + TossStub.SECRET_KEY,
            "commerce.payment.toss.client-key=test_ck_docs",
            "commerce.payment.toss.read-timeout=15s",
            "commerce.payment.confirm-timeout=1s",
            "commerce.payment.retry-min=50ms",
            "commerce.payment.retry-max=200ms",
            "commerce.payment.refusal-recheck=1h",
            "commerce.payment.poll-interval=50ms"
        })
class PayingWithTossModuleTests {

    static final String KEY = "Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu";

    private static final TossStub TOSS = new TossStub();
    private static final String JSON = "application/json";
    private static final String PASSWORD = "Purple-Kettle-42";
    private static final String ADMIN = SecretTokens.token(KEY, 900, "ADMIN");
    private static int buyers;

    @DynamicPropertySource
    static void toss(DynamicPropertyRegistry settings) {
        settings.add("commerce.payment.toss.base-url", TOSS::base);
    }

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TopUpService topUps;

    private long user;
    private String buyer;

    @BeforeEach
    void signUp() {
        String name = "ann" + ++buyers + "@shop.kr";
        user = new Wire(port)
                .post("/users", JSON, "{\"name\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}")
                .number("userId");
        buyer = SecretTokens.token(KEY, user, "USER");
    }

    @AfterEach
    void theBooksAreRight() {
        TOSS.away(false);
        TOSS.confirmErrors(null);
        TOSS.refusesCancelWith(null);
        TOSS.dropsReasons(false);
        JsonNode books = get(ADMIN, "/admin/audit").json();
        assertThat(books.get("ok").booleanValue()).as(books.toPrettyString()).isTrue();
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Seoul"));
        JsonNode day = get(ADMIN, "/admin/top-ups/reconciliation?date=" + today).json();
        assertThat(day.get("ok").booleanValue()).as(day.toPrettyString()).isTrue();
    }

    @AfterAll
    static void close() {
        TOSS.close();
    }

    private Reply get(String token, String path) {
        return new Wire(port).get(path, "Authorization: Bearer " + token);
    }

    private Reply post(String token, String path, String body, String... headers) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Authorization: Bearer " + token;
        return new Wire(port).post(path, JSON, body.replace('\'', '"'), all);
    }

    private String topUp(long amount) {
        return post(buyer, "/top-ups", "{'amount':" + amount + "}").text("topUpId");
    }

    private Reply confirm(String topUp, String paymentKey, String... headers) {
        return post(buyer, "/top-ups/" + topUp + "/confirm", "{'paymentKey':'" + paymentKey + "'}", headers);
    }

    private void webhook(String topUp) {
        Reply received = new Wire(port)
                .post(
                        "/payments/webhooks/toss",
                        JSON,
                        "{\"data\":{\"orderId\":\"" + topUp + "\",\"status\":\"DONE\"}}",
                        "Origin: https://api.tosspayments.com",
                        "Cookie: session=of-nobody");
        assertThat(received.status()).as(received.toString()).isEqualTo(200);
    }

    private long balance() {
        return get(buyer, "/balance").number("balance");
    }

    private void await(String topUp, String status) {
        Awaitility.await(topUp + " to be " + status)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(buyer, "/top-ups/" + topUp).text("status"), status::equals);
    }

    private static long number(String topUp) {
        return IdText.parse(topUp).orElseThrow();
    }

    private boolean isSoOf(String topUp, String condition) {
        return jdbc.queryForObject(
                "SELECT COUNT(*) = 1 FROM top_up WHERE id = ? AND " + condition, Boolean.class, number(topUp));
    }

    /** What an hour without the provider does to a row: everything in it is an hour older. */
    private void anHourPasses(String topUp) {
        jdbc.update(
                "UPDATE top_up SET expires_at = DATEADD('HOUR', -1, expires_at),"
                        + " begun_at = DATEADD('HOUR', -1, begun_at) WHERE id = ?",
                number(topUp));
    }

    @Test
    void signsUpTopsUpAndOrders() {
        Reply product = post(ADMIN, "/admin/products", "{'name':'Cup','price':700,'stock':9}");
        assertThat(product.status()).isEqualTo(201);
        Reply charge = post(buyer, "/balance/charge", "{'amount':1000}");
        assertThat(charge.status()).isEqualTo(403);
        assertThat(charge.code()).isEqualTo("TOP_UP_REQUIRED");
        assertThat(post(buyer, "/balance/charge", "{'userId':1,'amount':1000}").code())
                .isEqualTo("FORBIDDEN");

        Reply created = post(buyer, "/top-ups", "{'amount':1000}");
        String topUp = created.text("topUpId");
        assertThat(created.json().at("/checkout/clientKey").asText()).isEqualTo("test_ck_docs");
        assertThat(created.json().at("/checkout/orderId").asText()).isEqualTo(topUp);
        assertThat(confirm(topUp, TOSS.authorize(topUp, 1_000)).text("status")).isEqualTo("PAID");
        Reply order =
                post(buyer, "/orders", "{'items':[{'productId':" + product.number("productId") + ",'quantity':1}]}");
        assertThat(order.status()).as(order.toString()).isEqualTo(201);
        assertThat(order.number("balance")).isEqualTo(300);

        String other = SecretTokens.token(KEY, 77_777, "USER");
        assertThat(get(other, "/top-ups/" + topUp).code()).isEqualTo("TOP_UP_NOT_FOUND");
        assertThat(post(buyer, "/admin/top-ups/" + topUp + "/refund", "{'amount':1,'reason':'r'}")
                        .code())
                .isEqualTo("FORBIDDEN");
        Reply tooMuch = post(ADMIN, "/admin/top-ups/" + topUp + "/refund", "{'amount':1001,'reason':'r'}");
        assertThat(tooMuch.code()).isEqualTo("REFUND_EXCEEDS_TOP_UP");
        Reply spent = post(ADMIN, "/admin/top-ups/" + topUp + "/refund", "{'amount':301,'reason':'r'}");
        assertThat(spent.code()).isEqualTo("INSUFFICIENT_BALANCE");
        String service = SecretTokens.token(KEY, "billing", "SERVICE");
        assertThat(post(service, "/balance/charge", "{'userId':" + user + ",'amount':5}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void chargesNothingForADeclinedPaymentOrAnotherAmount() {
        String declined = topUp(1_000);
        String key = TOSS.authorize(declined, 1_000);
        TOSS.decline(key);
        assertThat(confirm(declined, key).code()).isEqualTo("PAYMENT_DECLINED");
        String cheap = topUp(5_000);
        assertThat(confirm(cheap, TOSS.authorize(cheap, 100)).code()).isEqualTo("PAYMENT_DECLINED");
        assertThat(balance()).isZero();
    }

    @Test
    void waitsForAProviderThatIsAwayForAnHour() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        TOSS.away(true);
        assertThat(confirm(topUp, key).status()).isEqualTo(202);
        anHourPasses(topUp);
        int before = TOSS.calls("").size();
        Awaitility.await("more questions").until(() -> TOSS.calls("").size() > before + 3);
        assertThat(topUps.oldestWait()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(70));
        assertThat(confirm(topUp, key).status()).isEqualTo(202);
        assertThat(balance()).isZero();
        TOSS.away(false);
        await(topUp, "PAID");
        assertThat(balance()).isEqualTo(1_000);
        assertThat(topUps.oldestWait()).isZero();
    }

    @Test
    void endsWhatTheProviderLetExpireWhileItWasAway() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        TOSS.away(true);
        assertThat(confirm(topUp, key).status()).isEqualTo(202);
        TOSS.payment(key).put("status", "EXPIRED");
        TOSS.away(false);
        await(topUp, "FAILED");
        assertThat(balance()).isZero();
    }

    @Test
    void creditsWhatWasPaidWithoutAnAnswer() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        TOSS.next(TossStub.Fault.FAILS_AFTER);
        assertThat(confirm(topUp, key).status()).isEqualTo(202);
        await(topUp, "PAID");
        assertThat(balance()).isEqualTo(1_000);
    }

    @Test
    void answersBeforeTheProviderDoes() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        CountDownLatch held = TOSS.hold();
        Reply reply = confirm(topUp, key);
        // The call has not ended: otherwise the next attempt would be due much sooner.
        assertThat(isSoOf(topUp, "next_attempt_at = DATEADD('SECOND', 30, begun_at)"))
                .isTrue();
        held.countDown();
        assertThat(reply.status()).isEqualTo(202);
        await(topUp, "PAID");
    }

    @Test
    void creditsOnceWhereTwoTabsConfirm() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        String other = TOSS.authorize(topUp, 1_000);
        List<CompletableFuture<Reply>> replies = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> confirm(topUp, i % 2 == 0 ? key : other)))
                .toList();
        replies.forEach(reply -> assertThat(reply.join().status()).isIn(200, 202));
        await(topUp, "PAID");
        assertThat(balance()).isEqualTo(1_000);
    }

    @Test
    void keepsNoMoneyOutBecauseAKeyWasUsedAgain() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        CountDownLatch held = TOSS.hold();
        CompletableFuture<Reply> confirming =
                CompletableFuture.supplyAsync(() -> confirm(topUp, key, "Idempotency-Key: one"));
        Awaitility.await().until(() -> get(buyer, "/top-ups/" + topUp).text("status"), "CONFIRMING"::equals);
        assertThat(post(buyer, "/top-ups", "{'amount':1}", "Idempotency-Key: one")
                        .status())
                .isEqualTo(201);
        held.countDown();
        assertThat(confirming.join().status()).isIn(200, 202);
        await(topUp, "PAID");
    }

    @Test
    void asksNothingForMostWebhooks() {
        String untouched = topUp(1_000);
        TOSS.authorize(untouched, 1_000);
        String failed = topUp(1_000);
        String key = TOSS.authorize(failed, 1_000);
        TOSS.decline(key);
        assertThat(confirm(failed, key).code()).isEqualTo("PAYMENT_DECLINED");
        int before = TOSS.calls(key).size();
        for (int i = 0; i < 30; i++) {
            webhook(failed);
            webhook(untouched);
            webhook("0000000000009");
        }
        Awaitility.await("one question").until(() -> TOSS.calls(key).size() > before);
        webhook(failed);
        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM top_up WHERE next_attempt_at <= hinted_at AND id IN (?, ?)",
                        Long.class,
                        number(failed),
                        number(untouched)))
                .isZero();
        assertThat(TOSS.calls(key)).hasSize(before + 1);
        assertThat(TOSS.calls(untouched)).isEmpty();
    }

    @Test
    void asksNothingAboutOldFailedTopUps() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        TOSS.decline(key);
        assertThat(confirm(topUp, key).code()).isEqualTo("PAYMENT_DECLINED");
        String expired = "UPDATE top_up SET expires_at = DATEADD('HOUR', ?, CURRENT_TIMESTAMP) WHERE id = ?";
        jdbc.update(expired, -48, number(topUp));
        webhook(topUp);
        assertThat(isSoOf(topUp, "hinted_at IS NULL")).isTrue();
        jdbc.update(expired, -1, number(topUp));
        webhook(topUp);
        assertThat(isSoOf(topUp, "hinted_at IS NULL")).isFalse();
    }

    /** As a version without the column leaves them. */
    @Test
    void takesATopUpForBegunAtItsCreationThatDoesNotSayWhen() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        CountDownLatch held = TOSS.hold();
        assertThat(confirm(topUp, key).status()).isEqualTo(202);
        jdbc.update(
                "UPDATE top_up SET begun_at = NULL, created_at = DATEADD('HOUR', -1, created_at) WHERE id = ?",
                number(topUp));
        assertThat(topUps.oldestWait()).isBetween(Duration.ofMinutes(60), Duration.ofMinutes(70));
        webhook(topUp);
        assertThat(isSoOf(topUp, "hinted_at IS NULL")).isFalse();
        held.countDown();
        await(topUp, "PAID");
    }

    @Test
    void creditsAFailedPaymentThatWasMadeAfterAll() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        TOSS.decline(key);
        assertThat(confirm(topUp, key).code()).isEqualTo("PAYMENT_DECLINED");
        TOSS.approve(key);
        assertThat(isSoOf(topUp, "next_attempt_at = DATEADD('HOUR', 1, expires_at)"))
                .isTrue();
        isDueNow("top_up", topUp);
        await(topUp, "PAID");
        assertThat(balance()).isEqualTo(1_000);
    }

    /** What the settlement would do later is due now. */
    private void isDueNow(String table, String id) {
        jdbc.update("UPDATE " + table + " SET next_attempt_at = created_at WHERE id = ?", number(id));
    }

    private String paidTopUp(long amount) {
        String topUp = topUp(amount);
        confirm(topUp, TOSS.authorize(topUp, amount));
        await(topUp, "PAID");
        return topUp;
    }

    private String keyOf(String topUp) {
        return TOSS.payments().stream()
                .filter(payment -> payment.get("orderId").asText().equals(topUp))
                .findFirst()
                .orElseThrow()
                .get("paymentKey")
                .asText();
    }

    private Reply refund(String topUp, long amount, String... headers) {
        return post(
                ADMIN, "/admin/top-ups/" + topUp + "/refund", "{'amount':" + amount + ",'reason':'asked'}", headers);
    }

    private void awaitRefund(String topUp, String status) {
        Awaitility.await("the refund of " + topUp + " to be " + status)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> get(buyer, "/top-ups/" + topUp)
                                .json()
                                .at("/refunds/0/status")
                                .asText(),
                        status::equals);
    }

    private void awaitRefusal(String refund) {
        Awaitility.await("a refusal")
                .atMost(Duration.ofSeconds(60))
                .until(() -> Boolean.TRUE.equals(jdbc.queryForObject(
                        "SELECT refused FROM top_up_refund WHERE id = ?", Boolean.class, number(refund))));
    }

    @Test
    void returnsNoRefundThatAnEarlierRequestPaysBackAfterARefusal() {
        String topUp = paidTopUp(1_000);
        TOSS.refusesCancelWith("NOT_CANCELABLE_PAYMENT");
        String refund = refund(topUp, 400).text("refundId");
        awaitRefusal(refund);
        awaitRefund(topUp, "PENDING");
        assertThat(balance()).isEqualTo(600);
        TOSS.cancelNow(keyOf(topUp), 400, "asked [" + refund + "]");
        isDueNow("top_up_refund", refund);
        awaitRefund(topUp, "DONE");
        assertThat(balance()).isEqualTo(600);
    }

    @Test
    void returnsARefundThatIsRefusedTwice() {
        String topUp = paidTopUp(1_000);
        TOSS.refusesCancelWith("EXCEED_MAX_REFUND_DUE");
        String refund = refund(topUp, 400).text("refundId");
        awaitRefusal(refund);
        assertThat(balance()).isEqualTo(600);
        isDueNow("top_up_refund", refund);
        awaitRefund(topUp, "FAILED");
        assertThat(balance()).isEqualTo(1_000);
    }

    /** After something else than a refusal, two refusals are needed again. */
    @Test
    void forgetsARefusalOnceTheOutcomeIsUnknownAgain() {
        String topUp = paidTopUp(1_000);
        TOSS.refusesCancelWith("EXCEED_MAX_REFUND_DUE");
        String refund = refund(topUp, 400).text("refundId");
        awaitRefusal(refund);
        TOSS.refusesCancelWith("FAILED_REFUND_PROCESS");
        isDueNow("top_up_refund", refund);
        Awaitility.await("more requests")
                .until(() -> TOSS.calls(keyOf(topUp) + "/cancel").size() > 3);
        assertThat(jdbc.queryForObject("SELECT refused FROM top_up_refund WHERE id = ?", Boolean.class, number(refund)))
                .isFalse();
        TOSS.refusesCancelWith(null);
        awaitRefund(topUp, "DONE");
    }

    @Test
    void saysLoudlyThatARefundWasBothReturnedAndPaidBack(CapturedOutput output) {
        String topUp = paidTopUp(1_000);
        TOSS.refusesCancelWith("EXCEED_MAX_REFUND_DUE");
        String refund = refund(topUp, 400).text("refundId");
        awaitRefusal(refund);
        isDueNow("top_up_refund", refund);
        awaitRefund(topUp, "FAILED");
        TOSS.cancelNow(keyOf(topUp), 400, "asked [" + refund + "]");
        isDueNow("top_up_refund", refund);
        Awaitility.await("the log").until(() -> output.getOut().contains("refund " + refund + " was returned"));
        assertThat(balance()).isEqualTo(1_000);
        // The provider's day has this refund, so the comparison after the test must find it here too.
        jdbc.update(
                "UPDATE top_up_refund SET completed_at = created_at, next_attempt_at = NULL WHERE id = ?",
                number(refund));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refundsNoMoreThanIsLeftWhereOperatorsRace(boolean dropsReasons) {
        String topUp = paidTopUp(1_000);
        TOSS.dropsReasons(dropsReasons);
        List<CompletableFuture<Reply>> replies = IntStream.range(0, 8)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> refund(topUp, 300, "Idempotency-Key: " + topUp + "-" + i)))
                .toList();
        List<Reply> all = replies.stream().map(CompletableFuture::join).toList();
        assertThat(all).filteredOn(reply -> reply.status() == 201).hasSize(3);
        assertThat(all).filteredOn(reply -> reply.status() != 201).hasSize(5).allMatch(reply -> reply.code()
                .equals("REFUND_EXCEEDS_TOP_UP"));
        Awaitility.await("three cancellations")
                .atMost(Duration.ofSeconds(60))
                .until(() -> TOSS.payment(keyOf(topUp)).get("balanceAmount").asLong() == 100);
        Awaitility.await("three refunds")
                .atMost(Duration.ofSeconds(60))
                .until(() -> jdbc.queryForObject(
                                "SELECT COUNT(*) FROM top_up_refund WHERE top_up_id = ? AND status = 'DONE'",
                                Long.class,
                                number(topUp))
                        == 3);
        assertThat(balance()).isEqualTo(100);
    }

    @Test
    void confirmsOnceATransientErrorIsOver() {
        String topUp = topUp(1_000);
        TOSS.confirmErrors("FORBIDDEN_REQUEST");
        assertThat(confirm(topUp, TOSS.authorize(topUp, 1_000)).status()).isEqualTo(202);
        TOSS.confirmErrors(null);
        await(topUp, "PAID");
    }

    /** With the secret key of another merchant, Toss Payments knows no payment. */
    @Test
    void waitsForAPaymentThatTheProviderDoesNotKnow() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        TOSS.away(true);
        assertThat(confirm(topUp, key).status()).isEqualTo(202);
        assertThat(cancel(topUp).code()).isEqualTo("UNAVAILABLE");
        TOSS.approve(key);
        ObjectNode hidden = TOSS.hide(key);
        TOSS.away(false);
        assertThat(cancel(topUp).code()).isEqualTo("TOP_UP_NOT_CANCELLABLE");
        jdbc.update("UPDATE top_up SET expires_at = DATEADD('HOUR', -48, expires_at) WHERE id = ?", number(topUp));
        int before = TOSS.calls(key).size();
        Awaitility.await("more questions").until(() -> TOSS.calls(key).size() > before + 3);
        assertThat(get(buyer, "/top-ups/" + topUp).text("status")).isEqualTo("CONFIRMING");
        assertThat(topUps.oldestWait()).isZero();
        assertThat(topUps.oldestWaitForOperator()).isPositive();
        assertThat(cancel(topUp).text("status")).isEqualTo("FAILED");
        TOSS.show(hidden);
        isDueNow("top_up", topUp);
        await(topUp, "PAID");
    }

    private Reply cancel(String topUp) {
        return post(ADMIN, "/admin/top-ups/" + topUp + "/cancel", "{'reason':'does not fit'}");
    }

    /** The audit log says so before the provider is asked, and until the provider answers the operator repeats it. */
    @Test
    void cancelsNothingWithoutATrace() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        TOSS.away(true);
        assertThat(confirm(topUp, key).status()).isEqualTo(202);
        TOSS.payment(key).put("status", "PARTIAL_CANCELED");
        TOSS.refusesCancelWith("FAILED_REFUND_PROCESS");
        TOSS.away(false);
        assertThat(cancel(topUp).code()).isEqualTo("OUTCOME_UNKNOWN");
        assertThat(isSoOf(topUp, "cancelling")).isTrue();
        assertThat(get(ADMIN, "/admin/trail").body()).containsOnlyOnce("top-up " + topUp);
        assertThat(cancel(topUp).code()).isEqualTo("OUTCOME_UNKNOWN");
        TOSS.payment(key).put("status", "CANCELED");
        await(topUp, "FAILED");
        assertThat(cancel(topUp).text("status")).isEqualTo("FAILED");
        assertThat(get(ADMIN, "/admin/trail").body()).containsOnlyOnce("top-up " + topUp);
    }

    @Test
    void showsWhatNeedsAnOperatorWhileTheProviderIsAway() {
        String topUp = topUp(1_000);
        String key = TOSS.authorize(topUp, 1_000);
        TOSS.away(true);
        assertThat(confirm(topUp, key).status()).isEqualTo(202);
        TOSS.payment(key).put("status", "PARTIAL_CANCELED");
        TOSS.away(false);
        Awaitility.await("the reason").until(() -> isSoOf(topUp, "needs_operator IS NOT NULL"));
        TOSS.away(true);
        String open = topUp(1_000);
        assertThat(confirm(open, TOSS.authorize(open, 1_000)).status()).isEqualTo(202);
        jdbc.update("UPDATE account SET admin = TRUE WHERE user_id = ?", user);
        Reply page = visit().get("/console/payments");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("does not answer")
                .contains(topUp)
                .contains("a part of the payment was cancelled")
                .doesNotContain(open);
        TOSS.away(false);
        TOSS.payment(key).put("status", "CANCELED");
        await(topUp, "FAILED");
        await(open, "PAID");
    }

    /** The number follows the request that was answered, which may not be the latest one. */
    @Test
    void countsAnAnswerOnce() {
        String topUp = topUp(1_000);
        TOSS.away(true);
        assertThat(confirm(topUp, TOSS.authorize(topUp, 1_000)).status()).isEqualTo(202);
        jdbc.update("UPDATE top_up SET request_no = 3 WHERE id = ?", number(topUp));
        topUps.askAgain(topUps.find(number(topUp)).orElseThrow(), Duration.ZERO, 1, null);
        assertThat(isSoOf(topUp, "request_no = 3")).isTrue();
        TOSS.away(false);
        await(topUp, "PAID");
    }

    private Visit visit() {
        return new Visit(port, "en").signIn("ann" + buyers + "@shop.kr", PASSWORD);
    }

    private String begin(Visit visit) {
        Reply balance = visit.get("/shop/balance");
        Reply created = visit.submit(balance, "/shop/top-ups", Map.of("amount", "50,000"));
        assertThat(created.status()).as(created.toString()).isEqualTo(303);
        assertThat(created.location()).startsWith("/shop/top-ups/");
        return created.location();
    }

    @Test
    void opensThePaymentWindowOnItsPageAlone() {
        Visit visit = visit();
        String page = begin(visit);
        Reply pay = visit.get(page);
        assertThat(pay.body())
                .contains("src=\"https://js.tosspayments.com/v2/standard\"")
                .contains("data-client-key=\"test_ck_docs\"")
                .contains("data-order-id=\"" + page.substring("/shop/top-ups/".length()) + "\"")
                .contains("data-amount=\"50000\"");
        assertThat(pay.headers().get("Content-Security-Policy"))
                .contains("script-src 'self' https://js.tosspayments.com;")
                .contains("frame-ancestors 'none'");
        assertThat(pay.body()).containsPattern("id=\"pay-failed\"[^>]* hidden=");
        assertThat(pay.text()).contains("Pay ₩50,000");
        for (String other : List.of("/", "/shop/balance", "/shop/cart")) {
            assertThat(visit.get(other).headers().get("Content-Security-Policy"))
                    .as(other)
                    .doesNotContain("tosspayments");
        }
    }

    @Test
    void confirmsWhatThePaymentWindowReturns() {
        Visit visit = visit();
        String page = begin(visit);
        String topUp = page.substring("/shop/top-ups/".length());
        Reply failed = visit.get(page + "?code=PAY_PROCESS_CANCELED&message=evil&orderId=" + topUp);
        assertThat(failed.body())
                .doesNotContainPattern("id=\"pay-failed\"[^>]* hidden=")
                .contains("https://js.tosspayments.com/v2/standard");
        assertThat(failed.text()).contains("The payment was not completed").doesNotContain("evil");
        String key = TOSS.authorize(topUp, 50_000);
        String success = page + "?paymentType=NORMAL&orderId=" + topUp + "&paymentKey=" + key + "&amount=";
        Reply manipulated = visit.get(success + 49_999);
        Reply refused = visit.submit(manipulated, page + "/confirm", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(balance()).isZero();
        Reply returned = visit.get(success + 50_000);
        assertThat(returned.body()).contains("data-auto");
        assertThat(returned.headers().get("Content-Security-Policy")).doesNotContain("tosspayments");
        Reply confirmed = visit.submit(returned, page + "/confirm", Map.of());
        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(303);
        assertThat(visit.follow(confirmed).text()).contains("paid").doesNotContain("Pay ₩50,000");
        assertThat(balance()).isEqualTo(50_000);
    }
}
