package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.EventLines;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Instance;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * An older copy of the database is put in its place under running instances. No event id may be given out again: the
 * shop stops until an operator accepts it.
 */
@ExtendWith(RealServers.class)
class RewoundDatabaseFaults {

    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final int ORDERS = 40;

    @TempDir
    private Path data;

    private long product;
    private long[] users;

    @Test
    void givesNoEventIdOutAgain() throws Exception {
        try (MySqlServer mySql = MySqlServer.start();
                Shop shop = Shop.openOn(mySql, 2, data, null)) {
            Given given = Given.in(shop);
            product = given.aProduct().price(1_000).onSale();
            users = given.usersWithBalance(4, 1_000_000);
            order(shop);
            mySql.kill9();
            mySql.keepCopy();
            mySql.restart();
            awaitReady(shop);
            order(shop);
            List<String> before = EventLines.ids(shop.client().events());
            assertThat(before).hasSize(2 * ORDERS);
            // Each instance has seen the newest event, whichever of them wrote it.
            for (Instance instance : shop.instances()) {
                assertThat(instance.client().events()).hasSize(2 * ORDERS);
            }
            // What has not been delivered by then is gone with its orders.
            filesHold(before, List.of());

            mySql.kill9();
            mySql.restoreCopy();
            mySql.restart();
            int refused = refusedUntilAccepted(shop);
            long accepted = acceptedByBoth(shop);
            awaitReady(shop);
            order(shop);

            List<String> after = EventLines.ids(shop.client().events());
            assertThat(after).hasSize(2 * ORDERS).doesNotHaveDuplicates().isSorted();
            Set<String> again = new HashSet<>(after.subList(ORDERS, after.size()));
            again.retainAll(before);
            assertThat(again).as("event ids that were given out before").isEmpty();
            Reply old = shop.client().send(Call.get("/events?after=" + before.get(before.size() - 1)));
            assertThat(old.code()).isEqualTo("EVENT_LOG_REWOUND");
            assertThat(old.text("startAfter")).isEqualTo(before.get(ORDERS - 1));
            filesHold(before, after);
            assertThat(shop.client()
                            .must(Call.get("/admin/audit"))
                            .json()
                            .get("ok")
                            .asBoolean())
                    .isTrue();
            Results.note(
                    "an older copy of MySQL restored under two instances",
                    "%d events gone, %d orders refused meanwhile, incarnation %d accepted, %d event ids given out again"
                            .formatted(ORDERS, refused, accepted, again.size()));
        }
    }

    private void order(Shop shop) {
        for (int i = 0; i < ORDERS; i++) {
            shop.client().must(Call.order(users[i % users.length], Call.line(product, 1)));
        }
    }

    private static void awaitReady(Shop shop) {
        shop.instances().forEach(Instance::awaitReady);
    }

    private int refusedUntilAccepted(Shop shop) throws Exception {
        for (Instance instance : shop.instances()) {
            Awaitility.await("%s to notice".formatted(instance.base()))
                    .atMost(WAIT_MAX)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> metric(instance).endsWith(" 1.0"));
            assertThat(instance.client()
                            .attempt(Call.get("/actuator/health/readiness"))
                            .status())
                    .isEqualTo(503);
        }
        int refused = 0;
        for (Instance instance : shop.instances()) {
            for (int i = 0; i < ORDERS / 4; i++) {
                Reply reply = instance.client().send(Call.order(users[i % users.length], Call.line(product, 1)));
                assertThat(reply.code()).isEqualTo("UNAVAILABLE");
                refused++;
            }
        }
        return refused;
    }

    private static String metric(Instance instance) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(instance.base().resolve("/actuator/prometheus"))
                .build();
        String metrics = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("commerce_eventlog_rewound"))
                .findFirst()
                .orElse("");
    }

    /** By the script on one, by the call and by Actuator on the other: it is accepted once. */
    private static long acceptedByBoth(Shop shop) throws Exception {
        Process script = new ProcessBuilder(
                        "bin/accept-incarnation", shop.instances().get(0).base().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
        Client other = shop.instances().get(1).client();
        long accepted =
                other.must(Call.post("/admin/event-log/incarnation", null)).number("incarnation");
        assertThat(said).contains("\"incarnation\":" + accepted + ",");
        assertThat(other.attempt(Call.post("/actuator/eventlog", Map.of())).number("incarnation"))
                .isEqualTo(accepted);
        return accepted;
    }

    /** One of the instances wrote all of it, or both did; together they hold what was before and what is now. */
    private void filesHold(List<String> before, List<String> after) {
        Set<String> wanted = new HashSet<>(before);
        wanted.addAll(after);
        Awaitility.await("the files to hold every event").atMost(WAIT_MAX).untilAsserted(() -> {
            Set<String> lines = new HashSet<>();
            for (int i = 1; i <= 2; i++) {
                for (JsonNode event : EventLines.in(data.resolve("instance-" + i))) {
                    lines.add(event.required("id").textValue());
                }
            }
            assertThat(lines).isEqualTo(wanted);
        });
    }
}
