package kr.hhplus.commerce.eventlog.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import kr.hhplus.commerce.eventlog.DeadLetter;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.EventLogProperties;
import kr.hhplus.commerce.eventlog.EventSink;
import kr.hhplus.commerce.eventlog.SinkAheadException;
import kr.hhplus.commerce.eventlog.StoredEvent;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to one topic, at least once. A user's event is sent only after the previous one is acknowledged. So the
 * first occurrences of a user's events are in order, even after a change of the leader or a retry.
 */
final class KafkaEventSink implements EventSink {

    private final OrdersTopic topic;
    private final TopicTail tail;
    private final EventLog log;
    private final Supplier<Producer<byte[], byte[]>> connect;
    private final EventLogProperties properties;
    private final Clock clock;
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean checked;

    KafkaEventSink(
            OrdersTopic topic,
            TopicTail tail,
            EventLog log,
            Supplier<Producer<byte[], byte[]>> connect,
            EventLogProperties properties,
            Clock clock) {
        this.topic = topic;
        this.tail = tail;
        this.log = log;
        this.connect = connect;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "kafka";
    }

    /**
     * Resumes after the last recorded event, so events that were sent but not recorded are sent again. The first call
     * looks up the topic's newest event in the log. So a topic that is ahead of the log is detected before its ids are
     * given to other events.
     */
    @Override
    public long resume(long recorded) throws IOException {
        close();
        topic.require();
        if (!checked) {
            requireNotAhead(recorded);
            checked = true;
        }
        try {
            producer = connect.get();
        } catch (KafkaException e) {
            throw new IOException("cannot create a Kafka producer: " + e.getMessage(), e);
        }
        return recorded;
    }

    private void requireNotAhead(long recorded) throws IOException {
        Optional<TopicTail.Newest> newest = tail.newest(topic.name());
        if (newest.isEmpty() || newest.get().id() <= log.incarnations().idAt(recorded)) {
            return;
        }
        try {
            log.sharedWith(newest.get().id(), newest.get().body());
        } catch (SinkAheadException e) {
            throw new SinkAheadException("the topic " + topic.name(), e);
        }
    }

    @Override
    public List<DeadLetter> deliver(List<StoredEvent> events) throws IOException {
        List<DeadLetter> refused = new ArrayList<>();
        for (List<StoredEvent> batch : PerKeyBatches.of(events)) {
            for (StoredEvent event : sendBatch(batch)) {
                sendAlone(event, refused);
            }
        }
        return refused;
    }

    @Override
    public List<DeadLetter> deliverAgain(String replay, List<StoredEvent> events) throws IOException {
        return deliver(events);
    }

    /** @return the events that have not arrived: refused, or part of a request with a refused one */
    private List<StoredEvent> sendBatch(List<StoredEvent> batch) throws IOException {
        Map<StoredEvent, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        for (StoredEvent event : batch) {
            Future<RecordMetadata> response = send(event);
            if (response.isDone()) {
                KafkaFailures.throwUnlessRefused(failure(response), false);
            }
            sent.put(event, response);
        }
        Map<StoredEvent, Exception> failed = new LinkedHashMap<>();
        for (Map.Entry<StoredEvent, Future<RecordMetadata>> each : sent.entrySet()) {
            Exception failure = failure(each.getValue());
            if (failure != null) {
                failed.put(each.getKey(), failure);
            }
        }
        boolean someRefused = failed.values().stream().anyMatch(KafkaFailures::isRefusal);
        for (Exception failure : failed.values()) {
            KafkaFailures.throwUnlessRefused(failure, someRefused);
        }
        return List.copyOf(failed.keySet());
    }

    /** Sends an event alone, so that a failure concerns this event. The attempt in the batch counts as the first. */
    private void sendAlone(StoredEvent event, List<DeadLetter> refused) throws IOException {
        String reason = "refused as part of a batch";
        long pauseMillis = properties.backoffMin().toMillis();
        for (int attempt = 2; attempt <= properties.attemptsMax(); attempt++) {
            pause(pauseMillis);
            pauseMillis = Math.min(properties.backoffMax().toMillis(), pauseMillis * 2);
            Exception failure = failure(send(event));
            if (failure == null) {
                return;
            }
            KafkaFailures.throwUnlessRefused(failure, false);
            reason = failure.getMessage();
        }
        refused.add(new DeadLetter(event.position(), reason, properties.attemptsMax()));
    }

    /**
     * Sends an event in the structured content mode of the CloudEvents binding. The id is also a header, for consumers
     * that drop duplicates. The record's time is the current time of the installation's clock, because brokers apply
     * retention to it, and newer brokers reject times in the far future.
     */
    private Future<RecordMetadata> send(StoredEvent event) throws IOException {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                topic.name(), null, clock.millis(), utf8(Long.toString(event.userId())), utf8(event.body()));
        message.headers()
                .add("content-type", utf8("application/cloudevents+json; charset=UTF-8"))
                .add("ce_id", utf8(event.id()))
                .add("ce_type", utf8(event.type()));
        try {
            return producer.send(message);
        } catch (RuntimeException e) {
            throw new IOException("Kafka did not accept an event: " + e.getMessage(), e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Exception failure(Future<RecordMetadata> response) throws IOException {
        try {
            response.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof Exception cause ? cause : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Closes without waiting. Records in flight may or may not arrive, and are sent again. */
    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
