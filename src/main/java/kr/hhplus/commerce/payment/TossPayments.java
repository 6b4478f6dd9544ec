package kr.hhplus.commerce.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.payment.PaymentProperties.Toss;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpRefund;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Toss Payments by its core API, version 1 (https://docs.tosspayments.com/reference). A payment is credited on status
 * DONE with the amount and the order id of the top-up, never because an HTTP status says so: a confirmation may answer
 * 200 with WAITING_FOR_DEPOSIT. Such ways to pay later are cancelled and refused.
 */
final class TossPayments implements PaymentProvider {

    static final String NAME = "toss";

    private static final int TRANSACTIONS_PER_PAGE = 1_000;
    private static final int CANCEL_REASON_LENGTH_MAX = 180;

    /** The clock of Toss Payments may be behind by this much. */
    private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMinutes(1);

    /** Statuses that say nothing about the payment. 403 is not among them: declined cards have it. */
    private static final Set<Integer> STATUSES_WITHOUT_OUTCOME = Set.of(401, 408, 409, 425, 429);

    private static final String ALREADY_PROCESSED = "ALREADY_PROCESSED_PAYMENT";
    private static final String STILL_PROCESSING = "IDEMPOTENT_REQUEST_PROCESSING";
    private static final Set<String> ALREADY_CANCELED = Set.of("ALREADY_CANCELED_PAYMENT", "ALREADY_REFUND_PAYMENT");

    /** Codes that speak about the call, not about the payment. */
    private static final Set<String> CODES_WITHOUT_OUTCOME = Set.of(
            "UNAUTHORIZED_KEY",
            "INVALID_API_KEY",
            "INCORRECT_BASIC_AUTH_FORMAT",
            "FORBIDDEN_REQUEST",
            "FORBIDDEN_CONSECUTIVE_REQUEST",
            "COMMON_ERROR",
            "PROVIDER_ERROR",
            STILL_PROCESSING,
            "INVALID_IDEMPOTENCY_KEY");

    /** Codes of a 5xx that refuse a cancellation for good. */
    private static final Set<String> FINAL_ERRORS = Set.of("FAILED_CLOSED_ACCOUNT_REFUND");

    /** Statuses of a call that was not looked at, so that it is not repeated under its idempotency key. */
    private static final Set<Integer> STATUSES_WITHOUT_ANSWER = Set.of(401, 429);

    /** Codes that refuse a cancellation now, but not for good. */
    private static final Set<String> CANCEL_LATER = Set.of("NOT_MATCHES_REFUNDABLE_AMOUNT", "NOT_AVAILABLE_BANK");

    /** The end of a reason that a refund has given to its cancellation: the refund's id. */
    private static final Pattern MARK = Pattern.compile(" \\[([0-9A-Z]{13})]$");

    private final Toss settings;
    private final ObjectMapper json = new ObjectMapper();
    private final RestClient http;

    TossPayments(Toss settings) {
        if (!settings.isConfigured()) {
            throw new IllegalStateException("commerce.payment.toss.secret-key is missing");
        }
        this.settings = settings;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build());
        requests.setReadTimeout(settings.readTimeout());
        this.http = RestClient.builder()
                .requestFactory(requests)
                .baseUrl(settings.baseUrl().toString())
                .defaultHeaders(headers -> headers.setBasicAuth(settings.secretKey(), "", StandardCharsets.UTF_8))
                .build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Checkout checkout(TopUp topUp) {
        return new Checkout(null, settings.clientKey(), IdText.of(topUp.id()), "Top-up");
    }

    /** An answer: of status 200, or an error with its code. */
    private record Answer(int status, JsonNode body) {

        boolean ok() {
            return status == 200;
        }

        String code() {
            return body.path("code").asText("");
        }

        String failure() {
            String message = body.path("message").asText("");
            return message.isEmpty() ? code() : code() + ": " + message;
        }
    }

    @Override
    public Payment confirm(TopUp topUp, int requestNo) {
        Map<String, Object> body = Map.of(
                "paymentKey",
                topUp.paymentKey(),
                "orderId",
                IdText.of(topUp.id()),
                "amount",
                topUp.amount().amount());
        Answer answer = post("/v1/payments/confirm", body, key("confirm-", topUp.id(), requestNo));
        if (answer.ok()) {
            return payment(topUp, answer.body()).orElseGet(() -> find(topUp));
        }
        // Whatever the code, only the payment itself says what happened.
        Payment found = find(topUp);
        boolean open = found.state() == Payment.State.OPEN;
        if (open && answer.code().equals(ALREADY_PROCESSED)) {
            throw new ProviderUnavailableException("the payment is processed, but not yet found as such", true);
        }
        return open || found.state() == Payment.State.ABSENT ? Payment.failed(answer.failure()) : found;
    }

    /**
     * Toss Payments repeats the first answer to a key for 15 days, transient errors too. So an answered request is
     * repeated under a new key; one without an answer under the same key, because it may still be carried out.
     */
    private static String key(String what, long id, int requestNo) {
        return what + IdText.of(id) + (requestNo == 0 ? "" : "-" + requestNo);
    }

    @Override
    public Payment find(TopUp topUp) {
        if (topUp.paymentKey() != null) {
            Answer byKey = get("/v1/payments/{key}", topUp.paymentKey());
            Optional<Payment> payment = byKey.ok() ? payment(topUp, byKey.body()) : Optional.empty();
            if (payment.isPresent()) {
                return payment.get();
            }
        }
        // A client may name the key of another order's payment; that of this order alone counts.
        Answer byOrder = get("/v1/payments/orders/{orderId}", IdText.of(topUp.id()));
        if (byOrder.ok()) {
            return payment(topUp, byOrder.body())
                    .orElseThrow(() -> new ProviderUnavailableException("Toss Payments told another order's payment"));
        }
        if (byOrder.status() == 404) {
            return Payment.ABSENT;
        }
        throw new ProviderUnavailableException("Toss Payments answered " + byOrder.status() + " " + byOrder.code());
    }

    /** @return empty if this is the payment of another order */
    private Optional<Payment> payment(TopUp topUp, JsonNode payment) {
        if (!payment.path("orderId").asText().equals(IdText.of(topUp.id()))) {
            return Optional.empty();
        }
        String key = payment.path("paymentKey").asText();
        String status = payment.path("status").asText();
        return Optional.of(
                switch (status) {
                    case "DONE" -> done(topUp, key, payment);
                    case "PARTIAL_CANCELED" -> Payment.mismatched(key, "a part of the payment was cancelled");
                    case "READY", "IN_PROGRESS" -> Payment.open(key);
                    case "ABORTED", "EXPIRED" -> Payment.failed(failure(payment, status));
                    case "CANCELED" -> Payment.CANCELLED;
                    case "WAITING_FOR_DEPOSIT" -> cancelPayLater(key);
                    default -> throw new ProviderUnavailableException("the payment has status " + status);
                });
    }

    private static Payment done(TopUp topUp, String key, JsonNode payment) {
        JsonNode amount = payment.path("totalAmount");
        boolean won = payment.path("currency").asText(Won.CURRENCY).equals(Won.CURRENCY);
        if (!won || !amount.isIntegralNumber()) {
            throw new ProviderUnavailableException("the payment has no amount in won: " + amount);
        }
        return Payment.done(topUp, key, Won.of(amount.longValue()), time(payment.path("approvedAt"), "approvedAt"));
    }

    private static String failure(JsonNode payment, String status) {
        JsonNode failure = payment.path("failure");
        String code = failure.path("code").asText(status);
        String message = failure.path("message").asText("");
        return message.isEmpty() ? code : code + ": " + message;
    }

    private static Instant time(JsonNode value, String name) {
        try {
            return OffsetDateTime.parse(value.asText()).toInstant();
        } catch (DateTimeParseException e) {
            throw new ProviderUnavailableException(name + " is no time: " + value, e);
        }
    }

    /**
     * If money came in before, the cancellation is refused, and the next question finds the payment DONE. It needs no
     * idempotency key: the whole of a payment is cancelled once.
     */
    private Payment cancelPayLater(String key) {
        Answer answer = post(
                "/v1/payments/" + key + "/cancel", Map.of("cancelReason", "Ways to pay later are not accepted"), null);
        if (answer.ok() && answer.body().path("status").asText().equals("CANCELED")) {
            return Payment.failed("ways to pay later are not accepted");
        }
        throw new ProviderUnavailableException("the payment waits for a deposit and could not be cancelled");
    }

    @Override
    public void cancel(TopUp topUp, Payment payment, String reason) {
        Map<String, Object> body = Map.of("cancelReason", Payment.shortened(reason, CANCEL_REASON_LENGTH_MAX));
        Answer answer = post("/v1/payments/" + payment.paymentKey() + "/cancel", body, null);
        if (!answer.ok() && !ALREADY_CANCELED.contains(answer.code())) {
            throw new ProviderUnavailableException("Toss Payments answered " + answer.failure());
        }
    }

    /**
     * Queries the payment, then cancels a part of it. {@code refundableAmount} makes Toss Payments refuse the request
     * if another cancellation came between the query and the request, also an earlier request of this refund.
     */
    @Override
    public RefundOutcome refund(TopUp topUp, TopUpRefund refund, int requestNo, Set<String> takenKeys) {
        JsonNode payment = paymentOf(topUp);
        Optional<RefundOutcome> before = cancelOf(refund, payment);
        if (before.isEmpty() && requestNo > 0) {
            before = cancelWithoutMark(refund, payment, takenKeys);
        }
        if (before.isPresent()) {
            return before.get();
        } else if (isCancelledOutside(topUp, refund, payment)) {
            return outcome(payment.path("cancels").get(0));
        }
        Map<String, Object> body = Map.of(
                "cancelReason",
                cancelReason(refund),
                "cancelAmount",
                refund.amount().amount(),
                "refundableAmount",
                payment.required("balanceAmount").longValue());
        Answer answer =
                post("/v1/payments/" + topUp.paymentKey() + "/cancel", body, key("refund-", refund.id(), requestNo));
        if (answer.ok()) {
            return cancelOf(refund, answer.body())
                    .or(() -> cancelWithoutMark(refund, answer.body(), takenKeys))
                    .orElseThrow(() -> notListed(refund, answer.body()));
        }
        if (CANCEL_LATER.contains(answer.code())) {
            throw new ProviderUnavailableException("the refund has to wait: " + answer.failure(), true);
        }
        return cancelOf(refund, paymentOf(topUp)).orElseGet(() -> new RefundOutcome.Refused(answer.failure()));
    }

    /** A cancellation that has paid back another refund of this amount is not this refund's: it is requested anew. */
    private static ProviderUnavailableException notListed(TopUpRefund refund, JsonNode payment) {
        boolean taken = cancelWithoutMark(refund, payment, Set.of()).isPresent();
        return new ProviderUnavailableException("Toss Payments does not list the cancellation", taken);
    }

    private JsonNode paymentOf(TopUp topUp) {
        Answer answer = get("/v1/payments/{key}", topUp.paymentKey());
        if (!answer.ok() || !answer.body().path("balanceAmount").isIntegralNumber()) {
            throw new ProviderUnavailableException("Toss Payments answered " + answer.status() + " " + answer.code());
        }
        return answer.body();
    }

    /** Whether the whole payment was cancelled in the provider's console: the user has the money already. */
    private static boolean isCancelledOutside(TopUp topUp, TopUpRefund refund, JsonNode payment) {
        JsonNode cancels = payment.path("cancels");
        return payment.path("status").asText().equals("CANCELED")
                && cancels.size() == 1
                && cancels.get(0).path("cancelAmount").asLong()
                        == topUp.amount().amount()
                && refund.amount().equals(topUp.amount());
    }

    /** The id of the refund stands in the reason of the cancellation, because nothing else of it is ours to choose. */
    private static Optional<RefundOutcome> cancelOf(TopUpRefund refund, JsonNode payment) {
        for (JsonNode cancel : payment.path("cancels")) {
            if (cancel.path("cancelReason").asText().endsWith(mark(refund))) {
                return Optional.of(outcome(cancel));
            }
        }
        return Optional.empty();
    }

    /**
     * Finds a cancellation that this refund has requested and whose reason was not kept: of its amount, since it was
     * debited, without the mark of another refund, and not taken by one. Otherwise a request under a new key would pay
     * it back twice.
     */
    private static Optional<RefundOutcome> cancelWithoutMark(
            TopUpRefund refund, JsonNode payment, Set<String> takenKeys) {
        for (JsonNode cancel : payment.path("cancels")) {
            if (cancel.path("cancelAmount").asLong() == refund.amount().amount()
                    && !takenKeys.contains(cancel.path("transactionKey").asText())
                    && !MARK.matcher(cancel.path("cancelReason").asText()).find()
                    && !time(cancel.path("canceledAt"), "canceledAt")
                            .isBefore(refund.createdAt().minus(CLOCK_DIFFERENCE_MAX))) {
                return Optional.of(outcome(cancel));
            }
        }
        return Optional.empty();
    }

    private static RefundOutcome outcome(JsonNode cancel) {
        String status = cancel.path("cancelStatus").asText("DONE");
        return switch (status) {
            case "DONE" ->
                new RefundOutcome.Done(
                        time(cancel.path("canceledAt"), "canceledAt"),
                        cancel.path("transactionKey").asText(null));
            case "ABORTED" -> new RefundOutcome.Refused("the cancellation was aborted");
            default -> throw new ProviderUnavailableException("the cancellation has status " + status);
        };
    }

    private static String cancelReason(TopUpRefund refund) {
        return Payment.shortened(refund.reason(), CANCEL_REASON_LENGTH_MAX) + mark(refund);
    }

    private static String mark(TopUpRefund refund) {
        return " [" + IdText.of(refund.id()) + "]";
    }

    @Override
    public OptionalLong topUpOf(JsonNode webhook) {
        return orderIdIn(webhook);
    }

    /** PAYMENT_STATUS_CHANGED has the order id in its data, DEPOSIT_CALLBACK at the top. */
    static OptionalLong orderIdIn(JsonNode webhook) {
        String atTheTop = webhook.path("orderId").asText("");
        return IdText.parse(webhook.path("data").path("orderId").asText(atTheTop));
    }

    @Override
    public List<ProviderTransaction> transactions(LocalDate day) {
        List<ProviderTransaction> all = new ArrayList<>();
        Set<String> unpaid = new HashSet<>();
        String after = "";
        while (true) {
            String before = after;
            String query = "?startDate={start}&endDate={end}&limit=" + TRANSACTIONS_PER_PAGE
                    + (after.isEmpty() ? "" : "&startingAfter=" + after);
            Answer answer = get("/v1/transactions" + query, day + "T00:00:00", day + "T23:59:59.999");
            if (!answer.ok() || !answer.body().isArray()) {
                throw new ProviderUnavailableException(
                        "Toss Payments answered " + answer.status() + " " + answer.code());
            }
            for (JsonNode transaction : answer.body()) {
                after = transaction.path("transactionKey").asText();
                addTo(all, transaction, unpaid);
            }
            if (answer.body().size() < TRANSACTIONS_PER_PAGE) {
                return all;
            } else if (after.equals(before)) {
                throw new ProviderUnavailableException("Toss Payments repeats a page of transactions");
            }
        }
    }

    /** @param unpaid payments that have only waited for a deposit: no money moves when they are cancelled */
    private static void addTo(List<ProviderTransaction> all, JsonNode transaction, Set<String> unpaid) {
        String status = transaction.path("status").asText();
        String payment = transaction.path("paymentKey").asText();
        if (status.equals("WAITING_FOR_DEPOSIT")) {
            unpaid.add(payment);
        } else if (status.equals("DONE")) {
            unpaid.remove(payment);
        } else if (unpaid.contains(payment)) {
            return;
        }
        long amount = transaction.path("amount").asLong();
        boolean refund = status.equals("CANCELED") || status.equals("PARTIAL_CANCELED") || amount < 0;
        if (refund || status.equals("DONE")) {
            all.add(new ProviderTransaction(
                    transaction.path("orderId").asText(),
                    refund,
                    Won.of(Math.abs(amount)),
                    transactionTime(transaction.path("transactionAt").asText()),
                    transaction.path("transactionKey").asText()));
        }
    }

    /** With an offset, or without one in Korean time. */
    private static Instant transactionTime(String text) {
        try {
            return text.length() > 19 && text.matches(".*([+-]\\d\\d:\\d\\d|Z)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(TopUp.DAY_ZONE).toInstant();
        } catch (DateTimeParseException e) {
            throw new ProviderUnavailableException("transactionAt is no time: " + text, e);
        }
    }

    private Answer get(String path, Object... variables) {
        return exchange(http.get().uri(path, variables), false);
    }

    private Answer post(String path, Map<String, Object> body, @Nullable String idempotencyKey) {
        RestClient.RequestBodySpec request = http.post().uri(path).contentType(MediaType.APPLICATION_JSON);
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return exchange(request.body(text(body)), idempotencyKey != null);
    }

    private String text(Map<String, Object> body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param keyed whether the answer is repeated under the request's idempotency key
     * @throws ProviderUnavailableException if the answer says nothing about the payment
     */
    private Answer exchange(RestClient.RequestHeadersSpec<?> request, boolean keyed) {
        Answer answer;
        try {
            answer = request.accept(MediaType.APPLICATION_JSON)
                    .exchange((sent, response) -> new Answer(
                            response.getStatusCode().value(),
                            read(response.getBody().readAllBytes())));
        } catch (ResourceAccessException e) {
            throw new ProviderUnavailableException("Toss Payments did not answer", e);
        }
        boolean says = (answer.status() < 500 || FINAL_ERRORS.contains(answer.code()))
                && !STATUSES_WITHOUT_OUTCOME.contains(answer.status())
                && !CODES_WITHOUT_OUTCOME.contains(answer.code())
                && (answer.ok() || !answer.code().isEmpty());
        if (!says) {
            boolean answered = keyed
                    && !answer.code().isEmpty()
                    && !answer.code().equals(STILL_PROCESSING)
                    && !STATUSES_WITHOUT_ANSWER.contains(answer.status());
            throw new ProviderUnavailableException(
                    "Toss Payments answered " + answer.status() + " " + answer.failure(), answered);
        }
        return answer;
    }

    private JsonNode read(byte[] body) throws IOException {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException("the answer is no JSON", e);
        }
    }
}
