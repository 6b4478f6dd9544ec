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

/**
 * Events as records of one topic, at least once. A user's event is sent only when the one before it is acknowledged, so
 * first occurrences are in order per user, whoever sends them and whatever is repeated.
 */
final class KafkaEventSink implements EventSink {

    private final OrdersTopic topic;
    private final TopicTail tail;
    private final EventLog log;
    private final Supplier<Producer<byte[], byte[]>> connect;
    private final EventLogProperties properties;
    private final Clock clock;
    private Producer<byte[], byte[]> producer;
    private boolean compared;

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
     * Goes on after the last one recorded: what was sent and not recorded is sent again. At the first time the topic's
     * newest event is looked up in the log, so that ids of a topic that is ahead are not given to other events.
     */
    @Override
    public long resume(long recorded) throws IOException {
        close();
        topic.require();
        if (!compared) {
            compare(recorded);
            compared = true;
        }
        try {
            producer = connect.get();
        } catch (KafkaException e) {
            throw new IOException("no producer for Kafka: " + e.getMessage(), e);
        }
        return recorded;
    }

    private void compare(long recorded) throws IOException {
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
            for (StoredEvent event : sendTogether(batch)) {
                sendAlone(event, refused);
            }
        }
        return refused;
    }

    @Override
    public List<DeadLetter> deliverAgain(String replay, List<StoredEvent> events) throws IOException {
        return deliver(events);
    }

    /** @return those that are not there: refused, or travelling in a batch with one that was */
    private List<StoredEvent> sendTogether(List<StoredEvent> batch) throws IOException {
        Map<StoredEvent, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        for (StoredEvent event : batch) {
            Future<RecordMetadata> answer = send(event);
            if (answer.isDone()) {
                Refusals.throwUnlessRefused(failure(answer), false);
            }
            sent.put(event, answer);
        }
        Map<StoredEvent, Exception> failed = new LinkedHashMap<>();
        for (Map.Entry<StoredEvent, Future<RecordMetadata>> each : sent.entrySet()) {
            Exception failure = failure(each.getValue());
            if (failure != null) {
                failed.put(each.getKey(), failure);
            }
        }
        boolean someRefused = failed.values().stream().anyMatch(Refusals::isRefusal);
        for (Exception failure : failed.values()) {
            Refusals.throwUnlessRefused(failure, someRefused);
        }
        return List.copyOf(failed.keySet());
    }

    /** Alone, an event's failure is its own. The try in company counts as the first. */
    private void sendAlone(StoredEvent event, List<DeadLetter> refused) throws IOException {
        String reason = "refused together with others";
        long pauseMillis = properties.backoffMin().toMillis();
        for (int attempt = 2; attempt <= properties.attemptsMax(); attempt++) {
            pause(pauseMillis);
            pauseMillis = Math.min(properties.backoffMax().toMillis(), pauseMillis * 2);
            Exception failure = failure(send(event));
            if (failure == null) {
                return;
            }
            Refusals.throwUnlessRefused(failure, false);
            reason = failure.getMessage();
        }
        refused.add(new DeadLetter(event.position(), reason, properties.attemptsMax()));
    }

    /**
     * Structured content mode of the CloudEvents binding, with the id as a header too, for who drops repeats. The
     * record's time is when it is sent, by the installation's clock: brokers delete by it, and newer ones refuse
     * what is far ahead.
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
            throw new IOException("Kafka did not take an event: " + e.getMessage(), e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Exception failure(Future<RecordMetadata> answer) throws IOException {
        try {
            answer.get();
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

    /** Waits for nothing: what is under way may or may not arrive, and is sent again. */
    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
