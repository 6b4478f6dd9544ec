package kr.hhplus.commerce.console.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import kr.hhplus.commerce.web.sse.SsePublisher;
import kr.hhplus.commerce.web.sse.SseSubscriber;
import org.springframework.stereotype.Component;

/** Takes a sample a second while somebody watches, and tells all who do. */
@Component
class Sampler implements SsePublisher {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final long FRESH_NANOS = 2 * PERIOD.toNanos();

    private final DashboardReader instruments;
    private final ObjectMapper json;
    private final History history = new History();
    private volatile Told told;
    private volatile long takenNanos;

    Sampler(DashboardReader instruments, ObjectMapper json) {
        this.instruments = instruments;
        this.json = json;
    }

    /** The text of the last sample, made once for all. */
    private record Told(byte[] text) {}

    @Override
    public Duration period() {
        return PERIOD;
    }

    @Override
    public synchronized void refresh() {
        takenNanos = System.nanoTime();
        Sample sample = instruments.read();
        history.add(sample);
        told = new Told(event("sample", sample));
    }

    /** The last sample, or a fresh one where nobody has watched of late or an operator has acted since. */
    Sample now() {
        if (told == null || System.nanoTime() - takenNanos > FRESH_NANOS || !instruments.stillSay(history.last())) {
            refresh();
        }
        return history.last();
    }

    /** First the last ten minutes, then each second. */
    SseSubscriber listener() {
        now();
        return new SseSubscriber() {
            private Told seen;

            @Override
            public byte[] next() {
                Told last = told;
                if (last == seen) {
                    return null;
                }
                byte[] news = seen == null ? event("history", history.all()) : last.text();
                seen = last;
                return news;
            }
        };
    }

    private byte[] event(String name, Object data) {
        try {
            return ("event: " + name + "\ndata: " + json.writeValueAsString(data) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sample cannot be written", e);
        }
    }
}
