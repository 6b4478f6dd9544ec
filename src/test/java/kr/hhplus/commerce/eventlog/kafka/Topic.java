package kr.hhplus.commerce.eventlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.testkit.servers.KafkaBroker;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands in a topic from its first record on, as a consumer sees it. */
record Topic(List<ConsumerRecord<String, String>> records) {

    static Topic read(KafkaBroker broker, String name) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address(), "enable.auto.commit", false);
        StringDeserializer text = new StringDeserializer();
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return new Topic(records);
    }

    private static long position(ConsumerRecord<String, String> message) {
        return IdText.parse(new String(message.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .orElseThrow();
    }

    Set<Long> distinct() {
        Set<Long> positions = new TreeSet<>();
        records.forEach(message -> positions.add(position(message)));
        return positions;
    }

    int repeats() {
        return records.size() - distinct().size();
    }

    /** Every event is there, and whoever drops repeats by id sees each user's events in order. */
    void holdsAll(long events) {
        assertThat(distinct())
                .isEqualTo(
                        new TreeSet<>(LongStream.rangeClosed(1, events).boxed().toList()));
        firstOccurrencesAreInOrder();
    }

    void firstOccurrencesAreInOrder() {
        Set<Long> seen = new HashSet<>();
        Map<String, Long> last = new HashMap<>();
        for (ConsumerRecord<String, String> message : records) {
            long position = position(message);
            if (seen.add(position)) {
                assertThat(position).as("of user " + message.key()).isGreaterThan(last.getOrDefault(message.key(), 0L));
                last.put(message.key(), position);
            }
        }
    }
}
