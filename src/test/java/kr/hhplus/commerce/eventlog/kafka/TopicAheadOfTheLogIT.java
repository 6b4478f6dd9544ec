package kr.hhplus.commerce.eventlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.EventLogProperties;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.SinkAheadException;
import kr.hhplus.commerce.testkit.servers.KafkaBroker;
import kr.hhplus.commerce.testkit.servers.NeedsServers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A topic holds events of a database that is gone: another one takes its place, restored or new. */
@NeedsServers
class TopicAheadOfTheLogIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(1);

    private static KafkaBroker broker;

    private final ObjectMapper json = new ObjectMapper();
    private final String topic = "orders-" + UUID.randomUUID();

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private KafkaEventSink delivery(EventLog log) {
        EventLogProperties properties =
                new EventLogProperties(TICK, 500, TICK, TICK, TICK, 4, topic, true, 3, (short) 1);
        Map<String, Object> address = Map.of("bootstrap.servers", broker.address());
        return new KafkaEventSink(
                new OrdersTopic(() -> Admin.create(address), properties),
                new TopicTail(
                        () -> new KafkaConsumer<>(address, new ByteArrayDeserializer(), new ByteArrayDeserializer())),
                log,
                () -> new KafkaProducer<>(address, new ByteArraySerializer(), new ByteArraySerializer()),
                properties,
                Clock.systemUTC());
    }

    private static void append(LogFixture database, int orders, Instant at) {
        for (long order = 1; order <= orders; order++) {
            database.append(LogFixture.paidBy(order % 5, order, at));
        }
    }

    /** The log of a database that delivered so many events, and is gone. */
    private void aTopicWith(int events) throws IOException {
        try (LogFixture old = new LogFixture()) {
            append(old, events, NOON);
            KafkaEventSink delivery = delivery(old.log);
            delivery.resume(0);
            delivery.deliver(old.log.after(0, events));
            delivery.close();
        }
    }

    @Test
    void isNoticedWhereTheDatabaseWasRestored() throws Exception {
        try (LogFixture database = new LogFixture()) {
            append(database, 20, NOON);
            KafkaEventSink delivery = delivery(database.log);
            delivery.resume(0);
            delivery.deliver(database.log.after(0, 20));
            // What a replay puts behind the newest event does not hide it.
            delivery.deliverAgain("R", database.log.after(0, 15));
            delivery.close();
            assertThat(delivery(database.log).resume(12)).isEqualTo(12);
            database.jdbc.update("DELETE FROM order_event WHERE position > 12");
            assertThatThrownBy(() -> delivery(database.log).resume(12))
                    .isInstanceOf(SinkAheadException.class)
                    .hasMessageContaining("ends with event 000000000000M, which this database does not know");
            database.jdbc.update("INSERT INTO event_log_incarnation VALUES (1, 13, '2026-03-01 13:00:00')");
            assertThat(delivery(database.log).resume(12))
                    .as("once it is accepted")
                    .isEqualTo(12);
        }
    }

    @Test
    void stopsDeliveryAloneUntilANewIncarnationIsAccepted() throws Exception {
        aTopicWith(20);
        try (SharedDatabase fresh = SharedDatabase.open()) {
            append(fresh.events(), 30, NOON.plusSeconds(3600));
            try (Instance instance = Instance.start(fresh, broker, topic)) {
                Awaitility.await()
                        .atMost(LONG)
                        .until(() -> state(instance).path("state").asText().equals("FAILING"));
                assertThat(state(instance).path("error").asText()).contains("which this database does not know");
                Awaitility.await().atMost(LONG).until(() -> metric(instance, "commerce_eventlog_sink_ahead")
                        .equals("1.0"));
                assertThat(instance.get("/actuator/health/readiness")).contains("\"UP\"");
                append(fresh.events(), 5, NOON.plusSeconds(3700));
                assertThat(Topic.read(broker, topic).records()).hasSize(20);

                JsonNode accepted = json.readTree(instance.post("/admin/event-log/incarnation", ""));
                assertThat(accepted.path("incarnation").asInt()).isEqualTo(1);
                assertThat(accepted.path("startAfter").asText())
                        .as("no event of the new database has an id that the topic knows")
                        .isEqualTo("0000000000000");
                Awaitility.await()
                        .atMost(LONG)
                        .until(() -> state(instance).path("state").asText().equals("DELIVERING"));
                Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(
                                Topic.read(broker, topic).distinct())
                        .hasSize(20 + 35));
                assertThat(metric(instance, "commerce_eventlog_sink_ahead")).isEqualTo("0.0");
            }
        }
    }

    private JsonNode state(Instance instance) throws IOException {
        return json.readTree(instance.get("/admin/deliveries"));
    }

    private static String metric(Instance instance, String name) throws IOException {
        List<String> lines = instance.get("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(name))
                .toList();
        return lines.isEmpty() ? "" : lines.get(0).substring(lines.get(0).lastIndexOf(' ') + 1);
    }
}
