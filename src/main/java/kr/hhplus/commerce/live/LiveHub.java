package kr.hhplus.commerce.live;

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
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.Refusal;
import kr.hhplus.commerce.shared.problem.RefusedException;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Keeps the streams of everybody who listens, up to a bound. Two threads write to all of them and wait for none; when
 * the server stops, all streams end before it begins to wait for requests under way.
 */
@Component
public final class LiveHub implements SmartLifecycle {

    /** One that is slow to refresh does not hold up the other. */
    private static final int THREADS = 2;

    /** Behind the drain, before the web server's graceful stop. */
    private static final int PHASE = DEFAULT_PHASE - 512;

    private final LiveSettings settings;
    private final Counter refused;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Broadcast, Audience> audiences = new ConcurrentHashMap<>();
    private volatile ScheduledThreadPoolExecutor clock;

    LiveHub(LiveSettings settings, MeterRegistry registry) {
        this.settings = settings;
        Gauge.builder("commerce.live.connections", open, AtomicInteger::get)
                .description("Open streams of live numbers")
                .register(registry);
        refused = Counter.builder("commerce.live.refused")
                .description("Streams refused because there were too many")
                .register(registry);
    }

    /**
     * Answers a request with a stream of events, as long as the client or the server wants it.
     *
     * @throws RefusedException OVERLOADED where there are too many, or the server stops
     */
    public void listen(HttpServletRequest request, HttpServletResponse response, Broadcast broadcast, Listener listener)
            throws IOException {
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        ScheduledThreadPoolExecutor running = clock;
        if (open.incrementAndGet() > settings.connectionsMax() || running == null) {
            open.decrementAndGet();
            refused.increment();
            throw new RefusedException(Refusal.of(ErrorCode.OVERLOADED));
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding("UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // A proxy that collects an answer before it passes it on would collect for ever.
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        new Place(audiences.computeIfAbsent(broadcast, b -> new Audience(b, running))).take(async, listener);
    }

    /** Where a connection stands, so that it is given back once. */
    private final class Place {

        private final Audience audience;
        private Connection connection;

        Place(Audience audience) {
            this.audience = audience;
        }

        void take(AsyncContext async, Listener listener) throws IOException {
            connection = new Connection(async, listener, settings.heartbeat().toNanos(), this::giveBack);
            connection.begin();
            audience.join(connection);
            // Whoever comes while the server stops was not among those it closed.
            if (clock == null) {
                connection.close();
            }
        }

        private void giveBack() {
            if (audience.leave(connection)) {
                open.decrementAndGet();
            }
        }
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
            audiences.values().forEach(Audience::close);
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
