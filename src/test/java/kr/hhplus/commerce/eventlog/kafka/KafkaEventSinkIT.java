package kr.hhplus.commerce.eventlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.NewEvent;
import kr.hhplus.commerce.testkit.servers.KafkaBroker;
import kr.hhplus.commerce.testkit.servers.NeedsServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances with a real broker: killed, paused, refusing. Whatever happens, the topic holds every event. */
@NeedsServers
class KafkaEventSinkIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int USERS = 7;

    private static KafkaBroker broker;

    private final ObjectMapper json = new ObjectMapper();
    private final String topic = "orders-" + UUID.randomUUID();
    private SharedDatabase database;
    private Instance instance;
    private long written;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() {
        database = SharedDatabase.open();
        instance = Instance.start(database, broker, topic);
    }

    @AfterEach
    void stop() {
        instance.close();
        database.close();
    }

    private void awaitFailure() {
        Awaitility.await()
                .atMost(LONG)
                .until(() -> state().path("state").asText().equals("FAILING"));
    }

    @Test
    void holdsEveryEventThroughKillsAndPausesOfTheBroker() throws Exception {
        orders(500);
        awaitDelivery();
        Topic calm = Topic.read(broker, topic);
        calm.holdsAll(written);
        assertThat(calm.repeats()).as("without trouble").isZero();

        orders(200);
        broker.kill9();
        orders(300);
        awaitFailure();
        assertThat(state().path("error").asText()).isNotEmpty();
        broker.restart();
        awaitDelivery();
        Topic.read(broker, topic).holdsAll(written);

        orders(200);
        broker.pause();
        orders(300);
        awaitFailure();
        orders(100);
        broker.resume();
        awaitDelivery();
        Topic.read(broker, topic).holdsAll(written);
        assertThat(state().path("state").asText()).isEqualTo("DELIVERING");
        assertThat(state().has("failingSince")).isFalse();
    }

    @Test
    void goesOnBesideAnEventThatTheBrokerRefuses() throws Exception {
        orders(10);
        database.events()
                .append(new NewEvent(
                        "OrderPaid",
                        3,
                        1,
                        NOON,
                        id -> "{\"id\":\"" + id + "\",\"x\":\"" + "x".repeat(2 << 20) + "\"}"));
        long large = ++written;
        orders(10);
        awaitDelivery();
        assertThat(Topic.read(broker, topic).distinct())
                .hasSize((int) written - 1)
                .doesNotContain(large);
        JsonNode parked = state().path("deadLetters").path("items");
        assertThat(parked).hasSize(1);
        assertThat(parked.path(0).path("attempts").asInt()).isEqualTo(5);
        database.events().jdbc.update("UPDATE order_event SET body = '{}' WHERE position = ?", large);
        String id = parked.path(0).path("eventId").asText();
        JsonNode replay = json.readTree(instance.post("/admin/deliveries/replay", "{\"from\":\"" + id + "\"}"));
        assertThat(replay.path("remaining").asLong()).isEqualTo(11);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> state().path("deadLetterCount").asLong() == 0);
        Awaitility.await()
                .atMost(LONG)
                .until(() -> state().at("/replay/remaining").asLong() == 0);
        assertThat(Topic.read(broker, topic).distinct()).hasSize((int) written);
    }

    private void orders(int count) {
        for (int i = 0; i < count; i++) {
            written++;
            database.events().append(LogFixture.paidBy(1 + written % USERS, written, NOON));
        }
    }

    private JsonNode state() throws IOException {
        return json.readTree(instance.get("/admin/deliveries"));
    }

    private void awaitDelivery() {
        Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(
                        database.events().offsets.position("delivery"))
                .isEqualTo(written));
    }
}
