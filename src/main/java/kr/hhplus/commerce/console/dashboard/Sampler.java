package kr.hhplus.commerce.console.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import kr.hhplus.commerce.web.sse.SsePublisher;
import kr.hhplus.commerce.web.sse.SseSubscriber;
import org.springframework.stereotype.Component;

/** Takes a sample per second while a page is subscribed, and sends it to all subscribers. */
@Component
class Sampler implements SsePublisher {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final long FRESH_NANOS = 2 * PERIOD.toNanos();

    private final DashboardReader reader;
    private final ObjectMapper json;
    private final History history = new History();
    private volatile Event last;
    private volatile long takenNanos;

    Sampler(DashboardReader reader, ObjectMapper json) {
        this.reader = reader;
        this.json = json;
    }

    /** The event of the last sample, serialized once for all subscribers. */
    private record Event(byte[] text) {}

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public synchronized void refresh() {
        takenNanos = System.nanoTime();
        Sample sample = reader.read();
        history.add(sample);
        last = new Event(event("sample", sample));
    }

    /** Returns the last sample, or a new one if the last is too old or an operator has changed the state since. */
    Sample now() {
        if (last == null || System.nanoTime() - takenNanos > FRESH_NANOS || !reader.isCurrent(history.last())) {
            refresh();
        }
        return history.last();
    }

    /** Sends the last ten minutes first, then one sample per second. */
    SseSubscriber subscriber() {
        now();
        return new SseSubscriber() {
            private Event seen;

            @Override
            public byte[] next() {
                Event newest = last;
                if (newest == seen) {
                    return null;
                }
                byte[] news = seen == null ? event("history", history.all()) : newest.text();
                seen = newest;
                return news;
            }
        };
    }

    private byte[] event(String name, Object data) {
        try {
            return ("event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sample cannot be serialized", e);
        }
    }
}
