package kr.hhplus.commerce.web.sse;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.ClientAddress;
import kr.hhplus.commerce.web.server.BufferedResponse;
import kr.hhplus.commerce.web.server.ConnectionLimit;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Keeps the streams of everybody who listens, up to a bound. Two threads write to all of them and wait for none; when
 * the server stops, all streams end before it begins to wait for requests under way.
 */
@Component
public final class SseHub implements SmartLifecycle {

    /** One that is slow to refresh does not hold up the other. */
    private static final int THREADS = 2;

    /** Behind the drain, before the web server's graceful stop. */
    private static final int PHASE = DEFAULT_PHASE - 512;

    /** The other connections are for buyers. */
    private static final int SHARE_OF_CONNECTIONS = 2;

    private static final double DURATION_SPREAD = 0.2;

    private final SseProperties properties;
    private final int max;
    private final int perAddressMax;
    private final Counter refused;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Map<SsePublisher, SseTopic> audiences = new ConcurrentHashMap<>();
    private volatile ScheduledThreadPoolExecutor clock;

    SseHub(SseProperties properties, ConnectionLimit connections, MeterRegistry registry) {
        this.properties = properties;
        max = Math.min(properties.connectionsMax(), connections.max() / SHARE_OF_CONNECTIONS);
        perAddressMax = Math.min(properties.connectionsPerAddressMax(), Math.max(1, max / 2));
        Gauge.builder("commerce.live.connections", open, AtomicInteger::get)
                .description("Open streams of live numbers")
                .register(registry);
        Gauge.builder("commerce.live.connections.max", () -> max)
                .description("Most streams of live numbers that may be open")
                .register(registry);
        refused = Counter.builder("commerce.live.refused")
                .description("Streams refused because there were too many")
                .register(registry);
    }

    /**
     * Answers a request with a stream of events, as long as the client or the server wants it.
     *
     * @throws RefusedException OVERLOADED where there are too many, or the server stops; RATE_LIMITED where one
     *     address has too many
     */
    public void listen(
            HttpServletRequest request, HttpServletResponse response, SsePublisher broadcast, SseSubscriber listener)
            throws IOException {
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        ScheduledThreadPoolExecutor running = clock;
        Place place = new Place(ClientAddress.networkOf(request.getRemoteAddr()));
        ErrorCode refusal = place.refusal(running != null);
        if (refusal != null) {
            place.giveBack();
            refused.increment();
            throw new RefusedException(Refusal.of(refusal));
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // A proxy that collects an answer before it passes it on would collect for ever.
        response.setHeader("X-Accel-Buffering", "no");
        BufferedResponse.writeThrough(response);
        try {
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(0);
            place.take(audiences.computeIfAbsent(broadcast, b -> new SseTopic(b, running)), async, listener);
        } catch (IOException | RuntimeException e) {
            place.giveBack();
            // Has no time-out: nothing else would end it.
            if (request.isAsyncStarted()) {
                request.getAsyncContext().complete();
            }
            throw e;
        }
    }

    /** What a stream is counted as, from its request on until it ends or is refused. */
    private final class Place {

        private final String address;
        private final int ofAddress;
        private final int ofAll;
        private final AtomicBoolean given = new AtomicBoolean();
        private volatile Runnable leave = () -> {};

        Place(String address) {
            this.address = address;
            ofAddress = byAddress.merge(address, 1, Integer::sum);
            ofAll = open.incrementAndGet();
        }

        /** @return null where there is room */
        private ErrorCode refusal(boolean running) {
            if (ofAll > max || !running) {
                return ErrorCode.OVERLOADED;
            }
            return ofAddress > perAddressMax ? ErrorCode.RATE_LIMITED : null;
        }

        void take(SseTopic audience, AsyncContext async, SseSubscriber listener) throws IOException {
            SseConnection connection = new SseConnection(
                    async, listener, properties.heartbeatInterval().toNanos(), durationNanos(), this::giveBack);
            leave = () -> audience.leave(connection);
            connection.begin();
            audience.join(connection);
            if (given.get()) {
                // It ended before it had joined.
                audience.leave(connection);
            }
            // Whoever comes while the server stops was not among those it closed.
            if (clock == null) {
                connection.close();
            }
        }

        private void giveBack() {
            if (given.compareAndSet(false, true)) {
                leave.run();
                open.decrementAndGet();
                byAddress.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    private long durationNanos() {
        double share = 1 - DURATION_SPREAD * ThreadLocalRandom.current().nextDouble();
        return (long) (properties.durationMax().toNanos() * share);
    }

    @Override
    public synchronized void start() {
        if (clock == null) {
            AtomicInteger number = new AtomicInteger();
            clock = new ScheduledThreadPoolExecutor(
                    THREADS, task -> new Thread(task, "live-" + number.getAndIncrement()));
            clock.setRemoveOnCancelPolicy(true);
        }
    }

    @Override
    public synchronized void stop() {
        if (clock != null) {
            ScheduledThreadPoolExecutor stopping = clock;
            clock = null;
            audiences.values().forEach(SseTopic::close);
            audiences.clear();
            stopping.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return clock != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
