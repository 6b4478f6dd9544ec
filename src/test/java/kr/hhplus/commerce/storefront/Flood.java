package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.web.sse.SseHub;
import kr.hhplus.commerce.web.sse.SsePublisher;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A broadcast with more news than a connection's buffers hold, which counts how much each listener was told. */
@TestComponent
@Controller
class Flood implements SsePublisher {

    static final int BYTES = 1 << 20;

    private final SseHub hub;
    private final AtomicInteger ticks = new AtomicInteger();
    private final Map<String, AtomicInteger> told = new ConcurrentHashMap<>();

    Flood(SseHub hub) {
        this.hub = hub;
    }

    @Override
    public Duration period() {
        return Duration.ofMillis(20);
    }

    @Override
    public void refresh() {
        ticks.incrementAndGet();
    }

    int ticks() {
        return ticks.get();
    }

    int told(String listener) {
        return told.getOrDefault(listener, new AtomicInteger()).get();
    }

    /** A megabyte with each tick. */
    @GetMapping(path = "/probe/flood", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void flood(@RequestParam String name, HttpServletRequest request, HttpServletResponse response) throws IOException {
        AtomicInteger count = told.computeIfAbsent(name, n -> new AtomicInteger());
        AtomicInteger seen = new AtomicInteger(-1);
        hub.subscribe(request, response, this, () -> {
            int now = ticks.get();
            if (seen.getAndSet(now) == now) {
                return null;
            }
            count.incrementAndGet();
            return ("event: flood\ndata: " + now + " " + "x".repeat(BYTES) + "\n\n").getBytes(StandardCharsets.UTF_8);
        });
    }
}
