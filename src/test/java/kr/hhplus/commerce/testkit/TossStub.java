package kr.hhplus.commerce.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Toss Payments as its public reference describes it (https://docs.tosspayments.com/reference and
 * https://docs.tosspayments.com/reference/error-codes): the payment object, confirm, query by key and by order, cancel
 * in whole and in part, transactions, idempotency keys. It misbehaves on demand.
 */
public final class TossStub implements AutoCloseable {

    public static final String SECRET_KEY = "test_sk_docs";

    /** What goes wrong with the next call. */
    public enum Fault {
        /** As it should be. */
        NONE,
        /** Nothing happens, and no answer comes. */
        HANGS_BEFORE,
        /** It happens, but no answer comes. */
        HANGS_AFTER,
        /** It happens, but the answer is a 500. */
        FAILS_AFTER,
        /** Nothing happens, and the answer is a 500. */
        FAILS_BEFORE,
        /** It happens, but the answer breaks off in its middle, and the connection stays open. */
        STALLS_AFTER,
        /** It happens, but the answer is no JSON. */
        GARBAGE_AFTER,
        TOO_MANY_REQUESTS,
        WRONG_KEY
    }

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, ObjectNode> payments = new LinkedHashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final List<ObjectNode> transactions = new ArrayList<>();
    private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> calls = new ArrayList<>();
    private volatile String declineWith;
    private volatile String confirmsAs = "DONE";
    private volatile String refusesCancelWith;
    private volatile boolean away;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile CountDownLatch heldCancels = new CountDownLatch(0);
    private volatile String confirmErrors;
    private volatile boolean dropsReasons;
    private final Set<String> declined = new HashSet<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private Random random;
    private double faultRate;
    private int keys;

    public TossStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/", this::handle);
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on calls go wrong at random. */
    public synchronized void misbehave(Random seeded, double rate) {
        random = seeded;
        faultRate = rate;
    }

    /** The bank will decline this payment. */
    public synchronized void decline(String key) {
        declined.add(key);
    }

    /** The bank declines every payment with this code; null: as it should be. */
    public void declineWith(String code) {
        declineWith = code;
    }

    /** The status of a payment after its confirmation. */
    public void confirmsAs(String status) {
        confirmsAs = status;
    }

    /** Every cancellation is refused with this code; null: as it should be. */
    public void refusesCancelWith(String code) {
        refusesCancelWith = code;
    }

    /** Every call is answered with a 500, and nothing happens. */
    public void away(boolean isAway) {
        away = isAway;
    }

    /** Confirmations happen and are answered only once the returned latch is counted down. */
    public CountDownLatch hold() {
        held = new CountDownLatch(1);
        return held;
    }

    /** The calls that arrived whose path has this in it. */
    public synchronized List<String> calls(String part) {
        return calls.stream().filter(call -> call.contains(part)).toList();
    }

    /** A confirmation is answered with this code, and the payment is left as it is; null: as it should be. */
    public void confirmErrors(String code) {
        confirmErrors = code;
    }

    /** Cancellations are listed with a reason of the provider's own. */
    public void dropsReasons(boolean drops) {
        dropsReasons = drops;
    }

    /** Cancellations happen and are answered only once the returned latch is counted down. */
    public CountDownLatch holdCancels() {
        heldCancels = new CountDownLatch(1);
        return heldCancels;
    }

    /** A cancellation is carried out without a request, or by an earlier one. */
    public synchronized void cancelNow(String key, long amount, String reason) {
        cancelPart(payments.get(key), amount, reason);
    }

    /** The provider knows this payment no longer, as with the secret key of another merchant. */
    public synchronized ObjectNode hide(String key) {
        return payments.remove(key);
    }

    public synchronized void show(ObjectNode payment) {
        payments.put(payment.get("paymentKey").asText(), payment);
    }

    /** The payment is made after all. */
    public synchronized void approve(String key) {
        ObjectNode payment = payments.get(key);
        payment.put("status", "DONE").put("approvedAt", now());
        transaction(payment, "DONE", payment.get("totalAmount").asLong());
    }

    public synchronized List<ObjectNode> payments() {
        return List.copyOf(payments.values());
    }

    private synchronized Fault fault() {
        if (away) {
            return Fault.FAILS_BEFORE;
        }
        Fault planned = faults.poll();
        if (planned != null || random == null || random.nextDouble() >= faultRate) {
            return planned == null ? Fault.NONE : planned;
        }
        return Fault.values()[random.nextInt(Fault.values().length)];
    }

    public void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** The buyer has authorized a payment in the widget. */
    public synchronized String authorize(String orderId, long amount) {
        String key = "tgen_" + ++keys;
        ObjectNode payment = json.createObjectNode();
        payment.put("version", "2022-11-16");
        payment.put("mId", "tosspayments");
        payment.put("paymentKey", key);
        payment.put("orderId", orderId);
        payment.put("orderName", "Top-up");
        payment.put("status", "IN_PROGRESS");
        payment.put("currency", "KRW");
        payment.put("totalAmount", amount);
        payment.put("balanceAmount", amount);
        payment.put("method", "카드");
        payment.put("requestedAt", now());
        payment.putNull("approvedAt");
        payment.putNull("cancels");
        payment.putNull("failure");
        payments.put(key, payment);
        return key;
    }

    public synchronized ObjectNode payment(String key) {
        return payments.get(key);
    }

    private static String now() {
        return OffsetDateTime.now(ZoneOffset.ofHours(9)).withNano(0).toString();
    }

    private record Answer(int status, String body) {}

    /** A request under the key of one that is still running is refused. */
    private void handle(HttpExchange exchange) throws IOException {
        String key = keyOf(exchange);
        if (key != null && !running.add(key)) {
            byte[] body = error(409, "IDEMPOTENT_REQUEST_PROCESSING", "이전 멱등 요청이 처리중입니다.")
                    .body()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(409, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            return;
        }
        try {
            handleOne(exchange);
        } finally {
            if (key != null) {
                running.remove(key);
            }
        }
    }

    private void handleOne(HttpExchange exchange) throws IOException {
        Fault fault = fault();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        String basic =
                "Basic " + Base64.getEncoder().encodeToString((SECRET_KEY + ":").getBytes(StandardCharsets.UTF_8));
        note(exchange);
        if (exchange.getRequestURI().getPath().endsWith("/confirm")) {
            await(held);
        } else if (exchange.getRequestURI().getPath().endsWith("/cancel")) {
            await(heldCancels);
        }
        Answer answer;
        if (fault == Fault.HANGS_BEFORE) {
            return;
        } else if (fault == Fault.FAILS_BEFORE) {
            answer = error(500, "FAILED_INTERNAL_SYSTEM_PROCESSING", "내부 시스템 처리 작업이 실패했습니다.");
            remember(exchange, answer);
        } else if (fault == Fault.TOO_MANY_REQUESTS) {
            answer = error(429, "TOO_MANY_REQUESTS", "요청이 너무 많습니다.");
        } else if (fault == Fault.WRONG_KEY || !basic.equals(authorization)) {
            answer = error(401, "UNAUTHORIZED_KEY", "인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.");
        } else {
            answer = answer(exchange, body);
        }
        if (fault == Fault.HANGS_AFTER) {
            return;
        }
        if (fault == Fault.FAILS_AFTER) {
            answer = error(500, "UNKNOWN_PAYMENT_ERROR", "결제에 실패했어요.");
            remember(exchange, answer);
        }
        byte[] bytes = (fault == Fault.GARBAGE_AFTER ? "<html>" : answer.body()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        if (fault == Fault.STALLS_AFTER) {
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
            return;
        }
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized void note(HttpExchange exchange) {
        calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One at a time. The first answer to an idempotency key is repeated, also if it is an error. */
    private synchronized Answer answer(HttpExchange exchange, String body) throws IOException {
        Answer remembered = answers.get(keyOf(exchange));
        if (remembered != null) {
            return remembered;
        }
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        Answer answer = answer(path, query, body.isEmpty() ? json.createObjectNode() : json.readTree(body));
        remember(exchange, answer);
        return answer;
    }

    private synchronized void remember(HttpExchange exchange, Answer answer) {
        if (keyOf(exchange) != null) {
            answers.put(keyOf(exchange), answer);
        }
    }

    private static String keyOf(HttpExchange exchange) {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        return key == null ? null : key + exchange.getRequestURI().getPath();
    }

    /** A page, of the transactions after the one that is named. */
    private Answer transactions(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&")) {
            parameters.put(parameter.replaceFirst("=.*", ""), parameter.replaceFirst("[^=]*=", ""));
        }
        String after = parameters.get("startingAfter");
        int first = 0;
        while (after != null
                && !transactions.get(first++).get("transactionKey").asText().equals(after)) {}
        ArrayNode page = json.createArrayNode();
        transactions.stream()
                .skip(first)
                .limit(Integer.parseInt(parameters.get("limit")))
                .forEach(page::add);
        return new Answer(200, page.toString());
    }

    private Answer answer(String path, String query, JsonNode body) {
        String[] parts = path.split("/");
        if (path.equals("/v1/payments/confirm")) {
            return confirm(body);
        } else if (path.startsWith("/v1/payments/orders/")) {
            return payments.values().stream()
                    .filter(payment -> payment.get("orderId").asText().equals(parts[4]))
                    .reduce((first, last) -> last)
                    .map(payment -> new Answer(200, payment.toString()))
                    .orElseGet(TossStub::notFound);
        } else if (path.equals("/v1/transactions")) {
            return transactions(query);
        }
        ObjectNode payment = payments.get(parts[3]);
        if (payment == null) {
            return notFound();
        }
        return path.endsWith("/cancel") ? cancel(payment, body) : new Answer(200, payment.toString());
    }

    private Answer confirm(JsonNode body) {
        ObjectNode payment = payments.get(body.path("paymentKey").asText());
        if (confirmErrors != null) {
            return error(confirmErrors.startsWith("FORBIDDEN") ? 403 : 400, confirmErrors, "결제를 승인하지 못했습니다.");
        } else if (payment == null) {
            return error(404, "NOT_FOUND_PAYMENT_SESSION", "결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.");
        } else if (!payment.get("status").asText().equals("IN_PROGRESS")) {
            return error(400, "ALREADY_PROCESSED_PAYMENT", "이미 처리된 결제 입니다.");
        } else if (!payment.get("orderId").equals(body.get("orderId"))
                || payment.get("totalAmount").asLong() != body.get("amount").asLong()) {
            return error(400, "INVALID_REQUEST", "잘못된 요청입니다.");
        } else if (declineWith != null
                || declined.contains(payment.get("paymentKey").asText())) {
            String code = declineWith == null ? "REJECT_CARD_PAYMENT" : declineWith;
            payment.put("status", "ABORTED");
            payment.putObject("failure").put("code", code).put("message", "결제 승인이 거절되었습니다.");
            return error(403, code, "결제 승인이 거절되었습니다.");
        }
        payment.put("status", confirmsAs);
        if (confirmsAs.equals("DONE")) {
            payment.put("approvedAt", now());
            transaction(payment, "DONE", payment.get("totalAmount").asLong());
        } else if (confirmsAs.equals("WAITING_FOR_DEPOSIT")) {
            transaction(payment, confirmsAs, 0);
        }
        return new Answer(200, payment.toString());
    }

    private Answer cancel(ObjectNode payment, JsonNode body) {
        if (refusesCancelWith != null) {
            int code = refusesCancelWith.startsWith("FAILED") ? 500 : 403;
            return error(code, refusesCancelWith, "취소 할 수 없는 결제 입니다.");
        }
        String status = payment.get("status").asText();
        if (status.equals("WAITING_FOR_DEPOSIT")) {
            payment.put("status", "CANCELED");
            transaction(payment, "CANCELED", payment.get("totalAmount").asLong());
            return new Answer(200, payment.toString());
        }
        long left = payment.get("balanceAmount").asLong();
        long amount = body.has("cancelAmount") ? body.get("cancelAmount").asLong() : left;
        if (status.equals("CANCELED") && !body.has("cancelAmount")) {
            return error(400, "ALREADY_CANCELED_PAYMENT", "이미 취소된 결제 입니다.");
        } else if (body.has("refundableAmount") && body.get("refundableAmount").asLong() != left) {
            return error(400, "NOT_MATCHES_REFUNDABLE_AMOUNT", "잔액 결과가 일치하지 않습니다.");
        } else if (amount > left) {
            return error(403, "NOT_CANCELABLE_AMOUNT", "취소 할 수 없는 금액 입니다.");
        }
        cancelPart(
                payment,
                amount,
                dropsReasons ? "고객 요청" : body.get("cancelReason").asText());
        return new Answer(200, payment.toString());
    }

    private void cancelPart(ObjectNode payment, long amount, String reason) {
        long left = payment.get("balanceAmount").asLong();
        boolean isFirst = payment.get("cancels").isNull();
        ArrayNode cancels = isFirst ? payment.putArray("cancels") : (ArrayNode) payment.get("cancels");
        cancels.addObject()
                .put("cancelAmount", amount)
                .put("cancelReason", reason)
                .put("canceledAt", now())
                .put("transactionKey", "tx_" + transactions.size())
                .put("cancelStatus", "DONE");
        payment.put("balanceAmount", left - amount);
        payment.put("status", left == amount ? "CANCELED" : "PARTIAL_CANCELED");
        transaction(payment, payment.get("status").asText(), -amount);
    }

    private void transaction(ObjectNode payment, String status, long amount) {
        ObjectNode transaction = json.createObjectNode();
        transaction.put("transactionKey", "tx_" + transactions.size());
        transaction.put("paymentKey", payment.get("paymentKey").asText());
        transaction.put("orderId", payment.get("orderId").asText());
        transaction.put("status", status);
        transaction.put("transactionAt", now());
        transaction.put("currency", "KRW");
        transaction.put("amount", amount);
        transactions.add(transaction);
    }

    private static Answer notFound() {
        return error(404, "NOT_FOUND_PAYMENT", "존재하지 않는 결제 정보 입니다.");
    }

    private static Answer error(int status, String code, String message) {
        return new Answer(status, "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
