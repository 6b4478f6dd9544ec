package kr.hhplus.commerce.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/**
 * Carries the log to the data platform, in order, and records how far it has come after each arrival. Orders never wait
 * for it. What arrived without being recorded is for the delivery to notice.
 */
final class Relay {

    static final String READER = "delivery";

    private static final long NOWHERE = -1;

    private final EventLog log;
    private final FeedReaders readers;
    private final Delivery delivery;
    private final int chunk;
    private final Counter delivered;
    private final Counter failures;
    private long position = NOWHERE;

    Relay(EventLog log, FeedReaders readers, Delivery delivery, int chunk, MeterRegistry registry) {
        this.log = log;
        this.readers = readers;
        this.delivery = delivery;
        this.chunk = chunk;
        this.delivered = Counter.builder("commerce.feed.delivered")
                .description("Events delivered to the data platform")
                .register(registry);
        this.failures = Counter.builder("commerce.feed.failures")
                .description("Failed attempts to deliver events")
                .register(registry);
        Gauge.builder("commerce.feed.lag", () -> readers.behind(READER))
                .description("Events not yet delivered to the data platform")
                .strongReference(true)
                .register(registry);
    }

    /** Delivers one chunk. @return whether there was one */
    boolean step() throws Exception {
        if (position == NOWHERE) {
            readers.register(READER);
            long arrived = delivery.resume(readers.position(READER));
            readers.advance(READER, arrived);
            position = arrived;
        }
        List<StoredEvent> events = log.onDiskAfter(position, chunk);
        if (events.isEmpty()) {
            return false;
        }
        delivery.deliver(events);
        delivered.increment(events.size());
        position = events.get(events.size() - 1).position();
        readers.advance(READER, position);
        return true;
    }

    /** After a failure nobody knows what has arrived: the next step asks the delivery. */
    void failed() {
        failures.increment();
        close();
    }

    void close() {
        position = NOWHERE;
        delivery.close();
    }
}
