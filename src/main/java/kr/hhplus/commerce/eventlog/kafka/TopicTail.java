package kr.hhplus.commerce.eventlog.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the newest event of a topic in the last records of its partitions. Uses no consumer group. */
final class TopicTail {

    private static final Logger logger = LoggerFactory.getLogger(TopicTail.class);

    /** The number of records to read from each partition. A replay may have put older events behind the newest. */
    private static final int RECORDS_MAX = 100;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final Supplier<Consumer<byte[], byte[]>> connect;

    TopicTail(Supplier<Consumer<byte[], byte[]>> connect) {
        this.connect = connect;
    }

    /**
     * The newest event.
     *
     * @param id the event id as a number
     * @param body the complete CloudEvent
     */
    record Newest(long id, String body) {}

    /** Returns the newest event. Empty if the topic is empty, or if this service may not read it. */
    Optional<Newest> newest(String topic) throws IOException {
        try (Consumer<byte[], byte[]> consumer = connect.get()) {
            return newest(consumer, topic);
        } catch (AuthorizationException | LinkageError e) {
            // No permission to read, or a missing compression library. Delivery needs neither.
            logger.warn("the topic {} cannot be read, so it is not compared with the log: {}", topic, e.toString());
            return Optional.empty();
        } catch (KafkaException e) {
            throw new IOException("the newest events of the topic " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<Newest> newest(Consumer<byte[], byte[]> consumer, String topic) throws IOException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        partitions.forEach(each -> consumer.seek(each, Math.max(begin.get(each), end.get(each) - RECORDS_MAX)));
        Newest newest = null;
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (partitions.stream().anyMatch(each -> consumer.position(each) < end.get(each))) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException(
                        "the newest events of the topic " + topic + " could not be read within " + WAIT_MAX);
            }
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                OptionalLong id = id(message);
                if (id.isPresent() && (newest == null || id.getAsLong() > newest.id())) {
                    newest = new Newest(id.getAsLong(), new String(message.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return Optional.ofNullable(newest);
    }

    private static OptionalLong id(ConsumerRecord<byte[], byte[]> message) {
        Header id = message.headers().lastHeader("ce_id");
        return id == null || message.value() == null
                ? OptionalLong.empty()
                : IdText.parse(new String(id.value(), StandardCharsets.UTF_8));
    }
}
