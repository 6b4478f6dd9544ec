package kr.hhplus.commerce.eventlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import kr.hhplus.commerce.eventlog.DeadLetter;
import kr.hhplus.commerce.eventlog.EventLogProperties;
import kr.hhplus.commerce.eventlog.StoredEvent;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What is handed to the producer, and when, and what becomes of what it gives back. */
class KafkaDeliveryOrderTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration TICK = Duration.ofMillis(1);
    private static final EventLogProperties SETTINGS =
            new EventLogProperties(TICK, 500, TICK, TICK, TICK, 4, "commerce.orders.v1", true, 3, (short) 1);

    /** Knows every topic. */
    private final Admin admin = Mockito.mock(Admin.class, Mockito.RETURNS_DEEP_STUBS);

    /** Answers each record by its event's id; null lets it wait. */
    private static class Broker extends MockProducer<byte[], byte[]> {

        private final List<String> sent = new ArrayList<>();
        private final Function<String, RuntimeException> answer;

        private Broker(boolean answersBySelf, Function<String, RuntimeException> answer) {
            super(answersBySelf, new ByteArraySerializer(), new ByteArraySerializer());
            this.answer = answer;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
            String id = header(message, "ce_id");
            sent.add(id);
            RuntimeException failure = answer.apply(id);
            return failure == null ? super.send(message, callback) : CompletableFuture.failedFuture(failure);
        }

        private synchronized List<String> sent() {
            return List.copyOf(sent);
        }
    }

    @Test
    void sendsAUsersEventWhenTheOneBeforeIsThere() throws Exception {
        Broker broker = new Broker(false, id -> null);
        KafkaEventSink delivery = delivery(broker);
        CompletableFuture<List<DeadLetter>> done = CompletableFuture.supplyAsync(() -> {
            try {
                return delivery.deliver(List.of(event(1, 7), event(2, 8), event(3, 7), event(4, 7)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> broker.sent().equals(ids(1, 2)));
        broker.completeNext();
        assertThat(broker.sent()).isEqualTo(ids(1, 2));
        broker.completeNext();
        Awaitility.await().until(() -> broker.sent().equals(ids(1, 2, 3)));
        broker.completeNext();
        Awaitility.await().until(() -> broker.sent().equals(ids(1, 2, 3, 4)));
        assertThat(done).isNotDone();
        broker.completeNext();
        assertThat(done.get()).isEmpty();
    }

    @Test
    void writesCloudEventsInStructuredMode() throws Exception {
        Broker broker = new Broker(true, id -> null);
        delivery(broker).deliver(List.of(event(1, 7)));
        ProducerRecord<byte[], byte[]> message = broker.history().get(0);
        assertThat(message.topic()).isEqualTo("commerce.orders.v1");
        assertThat(message.key()).asString(StandardCharsets.UTF_8).isEqualTo("7");
        assertThat(message.value()).asString(StandardCharsets.UTF_8).isEqualTo("{\"id\":1}");
        assertThat(header(message, "content-type")).isEqualTo("application/cloudevents+json; charset=UTF-8");
        assertThat(header(message, "ce_id")).isEqualTo(event(1, 7).id());
        assertThat(header(message, "ce_type")).isEqualTo("OrderPaid");
    }

    @Test
    void givesBackWhatIsRefusedForWhatItIsAfterItsAttempts() throws Exception {
        String large = event(2, 8).id();
        Broker broker = new Broker(true, id -> id.equals(large) ? new RecordTooLargeException("too large") : null);
        List<DeadLetter> refused = delivery(broker).deliver(List.of(event(1, 7), event(2, 8), event(3, 8)));
        assertThat(refused).containsExactly(new DeadLetter(2, "too large", 4));
        assertThat(broker.sent()).isEqualTo(ids(1, 2, 2, 2, 2, 3));
    }

    @Test
    void sparesThoseThatTravelledWithARefusedOne() throws Exception {
        String large = event(2, 8).id();
        AtomicInteger companions = new AtomicInteger();
        Broker broker = new Broker(false, id -> null) {
            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
                Future<RecordMetadata> answer = super.send(message, callback);
                if (header(message, "ce_id").equals(large)) {
                    if (companions.getAndIncrement() == 0) {
                        errorNext(new KafkaException("part of a batch with an invalid record"));
                    }
                    errorNext(new InvalidRecordException("no"));
                } else if (companions.get() > 0) {
                    completeNext();
                }
                return answer;
            }
        };
        assertThat(delivery(broker).deliver(List.of(event(1, 7), event(2, 8))))
                .containsExactly(new DeadLetter(2, "no", 4));
        assertThat(broker.sent()).isEqualTo(ids(1, 2, 1, 2, 2, 2));
    }

    @Test
    void triesForEverWhereTheBrokerIsTheTrouble() throws Exception {
        for (RuntimeException trouble : List.of(
                new TimeoutException("no answer"),
                new TopicAuthorizationException("not allowed"),
                new KafkaException("something"))) {
            Broker broker = new Broker(true, id -> trouble);
            KafkaEventSink delivery = delivery(broker);
            assertThatThrownBy(() -> delivery.deliver(List.of(event(1, 7), event(2, 8))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(trouble.getMessage());
            assertThat(broker.sent())
                    .as("one that fails at once ends the batch")
                    .isEqualTo(ids(1));
        }
    }

    private KafkaEventSink delivery(Broker broker) throws IOException {
        KafkaEventSink delivery = new KafkaEventSink(
                new OrdersTopic(() -> admin, SETTINGS),
                new TopicTail(() -> new MockConsumer<>(OffsetResetStrategy.EARLIEST)),
                null,
                () -> broker,
                SETTINGS,
                Clock.systemUTC());
        delivery.resume(0);
        return delivery;
    }

    private static StoredEvent event(long position, long userId) {
        return new StoredEvent(0, position, "OrderPaid", userId, position, NOON, "{\"id\":" + position + "}");
    }

    private static List<String> ids(long... positions) {
        return LongStream.of(positions)
                .mapToObj(position -> event(position, 1).id())
                .toList();
    }

    private static String header(ProducerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
