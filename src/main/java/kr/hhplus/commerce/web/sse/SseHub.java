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
 * Holds the open event streams, up to a limit. Two threads write to all of them without blocking. At shutdown the
 * streams end before the web server waits for its active requests.
 */
@Component
public final class SseHub implements SmartLifecycle {

    /** Two, so that a publisher that refreshes slowly does not delay the other. */
    private static final int THREADS = 2;

    /** After the shutdown delay, before the web server's graceful shutdown. */
    private static final int PHASE = DEFAULT_PHASE - 512;

    /** The other half of the connections serves requests. */
    private static final int SHARE_OF_CONNECTIONS = 2;

    private static final double DURATION_SPREAD = 0.2;

    private final SseProperties properties;
    private final int max;
    private final int perAddressMax;
    private final Counter refused;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Map<SsePublisher, SseTopic> topics = new ConcurrentHashMap<>();
    private volatile ScheduledThreadPoolExecutor scheduler;

    SseHub(SseProperties properties, ConnectionLimit connections, MeterRegistry registry) {
        this.properties = properties;
        max = Math.min(properties.connectionsMax(), connections.max() / SHARE_OF_CONNECTIONS);
        perAddressMax = Math.min(properties.connectionsPerAddressMax(), Math.max(1, max / 2));
        Gauge.builder("commerce.live.connections", open, AtomicInteger::get)
                .description("Open event streams")
                .register(registry);
        Gauge.builder("commerce.live.connections.max", () -> max)
                .description("Maximum of open event streams")
                .register(registry);
        refused = Counter.builder("commerce.live.refused")
                .description("Event streams rejected because of the limits")
                .register(registry);
    }

    /**
     * Responds with a stream of events until the client or the server ends it.
     *
     * @throws RefusedException OVERLOADED if too many streams are open, or the server stops; RATE_LIMITED if one client
     *     address has too many
     */
    public void subscribe(
            HttpServletRequest request, HttpServletResponse response, SsePublisher publisher, SseSubscriber subscriber)
            throws IOException {
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        ScheduledThreadPoolExecutor running = scheduler;
        Slot slot = new Slot(ClientAddress.networkOf(request.getRemoteAddr()));
        ErrorCode refusal = slot.refusal(running != null);
        if (refusal != null) {
            slot.release();
            refused.increment();
            throw new RefusedException(Refusal.of(refusal));
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Keeps nginx from buffering the stream.
        response.setHeader("X-Accel-Buffering", "no");
        BufferedResponse.writeThrough(response);
        try {
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(0);
            slot.open(topics.computeIfAbsent(publisher, p -> new SseTopic(p, running)), async, subscriber);
        } catch (IOException | RuntimeException e) {
            slot.release();
            // An asynchronous request without a timeout would stay open.
            if (request.isAsyncStarted()) {
                request.getAsyncContext().complete();
            }
            throw e;
        }
    }

    /** Counts one stream from its request until it ends or is rejected. */
    private final class Slot {

        private final String address;
        private final int streamsOfAddress;
        private final int streams;
        private final AtomicBoolean released = new AtomicBoolean();
        private volatile Runnable onRelease = () -> {};

        Slot(String address) {
            this.address = address;
            streamsOfAddress = byAddress.merge(address, 1, Integer::sum);
            streams = open.incrementAndGet();
        }

        /**
         * @return null if the stream may open
         */
        private ErrorCode refusal(boolean running) {
            if (streams > max || !running) {
                return ErrorCode.OVERLOADED;
            }
            return streamsOfAddress > perAddressMax ? ErrorCode.RATE_LIMITED : null;
        }

        void open(SseTopic topic, AsyncContext async, SseSubscriber subscriber) throws IOException {
            SseConnection connection = new SseConnection(
                    async, subscriber, properties.heartbeatInterval().toNanos(), durationNanos(), this::release);
            onRelease = () -> topic.leave(connection);
            connection.begin();
            topic.join(connection);
            if (released.get()) {
                // The stream ended before it joined.
                topic.leave(connection);
            }
            // stop() does not close a connection that joined after it.
            if (scheduler == null) {
                connection.close();
            }
        }

        private void release() {
            if (released.compareAndSet(false, true)) {
                onRelease.run();
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
        if (scheduler == null) {
            AtomicInteger number = new AtomicInteger();
            scheduler = new ScheduledThreadPoolExecutor(
                    THREADS, task -> new Thread(task, "sse-" + number.getAndIncrement()));
            scheduler.setRemoveOnCancelPolicy(true);
        }
    }

    @Override
    public synchronized void stop() {
        if (scheduler != null) {
            ScheduledThreadPoolExecutor stopping = scheduler;
            scheduler = null;
            topics.values().forEach(SseTopic::close);
            topics.clear();
            stopping.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
