package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Instance;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.TossStub;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies under a load of top-ups and refunds, {@code -Dproof.kills} times, while every fourth call to the
 * provider goes wrong. Nothing is lost, nothing is credited or paid back twice, and everything is settled in the end.
 */
class KilledWhileToppingUpFaults {

    private static final int KILLS = Integer.getInteger("proof.kills", 2);
    private static final long SEED = Long.getLong("proof.seed", 2026);
    private static final int SENDERS = 8;
    private static final int USERS = 40;

    private final Random random = new Random(SEED);
    private final Set<String> toldPaid = ConcurrentHashMap.newKeySet();
    private final Queue<AssertionError> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger confirmed = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    /** One instance on the embedded database. */
    Shop open(Path data, String... options) {
        return Shop.open(data, options);
    }

    String where() {
        return "one instance";
    }

    @Test
    void losesAndDoublesNothing(@TempDir Path data) throws Exception {
        try (TossStub stub = new TossStub();
                Shop shop = open(
                        data,
                        "--commerce.payment.provider=toss",
                        "--commerce.payment.toss.secret-key=" + TossStub.SECRET_KEY,
                        "--commerce.payment.toss.base-url=" + stub.base(),
                        "--commerce.payment.toss.connect-timeout=500ms",
                        "--commerce.payment.toss.read-timeout=500ms",
                        "--commerce.payment.retry-min=50ms",
                        "--commerce.payment.retry-max=2s",
                        "--commerce.payment.poll-interval=100ms")) {
            stub.misbehave(new Random(SEED), 0.25);
            for (int kill = 1; kill <= KILLS; kill++) {
                int moment = confirmed.get() + 20 + random.nextInt(60);
                AtomicBoolean stop = new AtomicBoolean();
                List<Thread> senders = new ArrayList<>();
                for (int i = 0; i < SENDERS; i++) {
                    long seed = random.nextLong();
                    Thread sender = new Thread(() -> send(shop.client(), stub, new Random(seed), stop));
                    sender.start();
                    senders.add(sender);
                }
                Awaitility.await("the moment of kill " + kill)
                        .atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> confirmed.get() >= moment || !wrong.isEmpty());
                Instance killed = shop.instances().get(kill % shop.instances().size());
                killed.kill9();
                stop.set(true);
                for (Thread sender : senders) {
                    sender.join();
                }
                killed.start().awaitReady();
            }
            assertThat(wrong).isEmpty();
            settle(shop.client());
            stub.misbehave(null, 0);
            check(shop.client(), stub);
        }
    }

    /** A buyer who tops up, sometimes refused by the bank, and an operator who sometimes refunds. */
    private void send(Client client, TossStub stub, Random own, AtomicBoolean stop) {
        while (!stop.get()) {
            try {
                long amount = own.nextLong(1_000, 9_000);
                String id = attempt(client, Call.topUp(own.nextLong(1, USERS + 1), amount), Set.of(201))
                        .path("topUpId")
                        .asText();
                String key = stub.authorize(id, amount);
                if (own.nextInt(10) == 0) {
                    stub.decline(key);
                }
                if (own.nextInt(4) == 0) {
                    client.attempt(Call.post("/payments/webhooks/toss", Map.of("orderId", id)));
                }
                Call confirm = Call.post("/top-ups/" + id + "/confirm", Map.of("paymentKey", key));
                JsonNode top = attempt(client, confirm, Set.of(200, 202, 409));
                confirmed.incrementAndGet();
                if (top.path("status").asText().equals("PAID")) {
                    toldPaid.add(id);
                    if (own.nextInt(4) == 0) {
                        attempt(client, Call.refundTopUp(id, own.nextLong(1, amount + 1)), Set.of(201, 409));
                    }
                }
            } catch (IOException e) {
                unknown.incrementAndGet();
            } catch (InterruptedException e) {
                return;
            } catch (AssertionError e) {
                wrong.add(e);
                return;
            }
        }
    }

    private static JsonNode attempt(Client client, Call call, Set<Integer> expected)
            throws IOException, InterruptedException {
        Reply reply = client.attempt(call);
        if (reply.status() == 503) {
            throw new IOException("unavailable: " + reply);
        }
        assertThat(expected).as(call + " " + reply).contains(reply.status());
        return reply.json();
    }

    /** Waits until the provider has told the outcome of everything that was begun. */
    private static void settle(Client client) {
        Awaitility.await("every top-up and refund to be settled")
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    for (JsonNode topUp : topUps(client)) {
                        JsonNode one = client.must(Call.get(
                                        "/top-ups/" + topUp.get("topUpId").asText()))
                                .json();
                        boolean open = one.get("status").asText().equals("CONFIRMING");
                        for (JsonNode refund : one.path("refunds")) {
                            open |= refund.get("status").asText().equals("PENDING");
                        }
                        if (open) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private static List<JsonNode> topUps(Client client) {
        List<JsonNode> all = new ArrayList<>();
        for (long user = 1; user <= USERS; user++) {
            all.addAll(client.all("/top-ups?userId=" + user));
        }
        return all;
    }

    private void check(Client client, TossStub stub) {
        Map<String, Long> paid = new HashMap<>();
        Map<String, Long> cancelled = new HashMap<>();
        for (JsonNode payment : stub.payments()) {
            String order = payment.get("orderId").asText();
            if (!payment.get("approvedAt").isNull()) {
                assertThat(paid.put(order, payment.get("totalAmount").asLong()))
                        .as("paid twice: " + order)
                        .isNull();
                cancelled.put(
                        order,
                        payment.get("totalAmount").asLong()
                                - payment.get("balanceAmount").asLong());
            }
        }
        Map<Long, Long> balances = new HashMap<>();
        int credited = 0;
        for (JsonNode topUp : topUps(client)) {
            String id = topUp.get("topUpId").asText();
            boolean isPaid = topUp.has("approvedAt");
            assertThat(isPaid).as(id + " " + topUp).isEqualTo(paid.containsKey(id));
            if (isPaid) {
                credited++;
                assertThat(topUp.get("amount").asLong()).isEqualTo(paid.get(id));
                assertThat(topUp.get("refundedAmount").asLong()).isEqualTo(cancelled.get(id));
                balances.merge(topUp.get("userId").asLong(), paid.get(id) - cancelled.get(id), Long::sum);
            }
        }
        assertThat(credited).isEqualTo(paid.size());
        assertThat(paid.keySet()).containsAll(toldPaid);
        for (long user = 1; user <= USERS; user++) {
            assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(balances.getOrDefault(user, 0L));
        }
        JsonNode audit = client.must(Call.get("/admin/audit")).json();
        assertThat(audit.get("ok").booleanValue()).as(audit.toPrettyString()).isTrue();
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Seoul"));
        JsonNode day = client.must(Call.get("/admin/top-ups/reconciliation?date=" + today))
                .json();
        assertThat(day.get("ok").booleanValue()).as(day.toPrettyString()).isTrue();
        Results.note(
                "kill -9 under top-ups with a misbehaving provider, %s, %d times (seed %d)"
                        .formatted(where(), KILLS, SEED),
                "%d payments credited once, %d told as paid, %d calls without an answer; 0 lost, 0 doubled, all settled"
                        .formatted(credited, toldPaid.size(), unknown.get()));
    }
}
