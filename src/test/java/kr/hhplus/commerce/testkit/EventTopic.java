package kr.hhplus.commerce.testkit;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kr.hhplus.commerce.testkit.servers.KafkaBroker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** A platform that reads the topic and drops repeats by id: every event, and those of one user in their order. */
public final class EventTopic implements Platform, AutoCloseable {

    private static final String NAME = "commerce.orders.v1";
    private static final Duration WAIT_MAX = Duration.ofMinutes(2);

    private final KafkaConsumer<String, String> consumer;
    private final Map<String, JsonNode> received = new LinkedHashMap<>();
    private long records;

    public EventTopic(KafkaBroker broker) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker.address());
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    @Override
    public void hasAll(List<JsonNode> pulled) {
        Awaitility.await("the topic to hold every event").atMost(WAIT_MAX).until(() -> {
            receive();
            return received.size() >= pulled.size();
        });
        assertThat(received.values())
                .as("events on the topic, against the feed's")
                .containsExactlyInAnyOrderElementsOf(pulled);
        assertThat(received.values().stream().collect(groupingBy(EventTopic::user)))
                .as("each user's events, in their order")
                .isEqualTo(pulled.stream().collect(groupingBy(EventTopic::user)));
    }

    private void receive() throws JsonProcessingException {
        if (consumer.assignment().isEmpty()) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(NAME).forEach(p -> partitions.add(new TopicPartition(NAME, p.partition())));
            consumer.assign(partitions);
        }
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
            JsonNode event = Client.JSON.readTree(record.value());
            assertThat(record.key()).as("the key of %s", event).isEqualTo(Long.toString(user(event)));
            records++;
            JsonNode first = received.putIfAbsent(event.required("id").textValue(), event);
            assertThat(first == null ? event : first)
                    .as("a repeat is the same event")
                    .isEqualTo(event);
        }
    }

    private static long user(JsonNode event) {
        return event.required("data").required("userId").longValue();
    }

    @Override
    public void close() {
        consumer.close();
    }

    @Override
    public String toString() {
        return "%,d events on the topic (%,d repeats)".formatted(received.size(), records - received.size());
    }
}
