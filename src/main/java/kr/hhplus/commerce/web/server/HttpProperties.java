package kr.hhplus.commerce.web.server;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of requests and responses, and the delay of a shutdown.
 *
 * @param bodyMax the largest request body in bytes; a larger one is rejected with 413
 * @param requestDeadline two limits of one value: the time that a client has to send the whole body, and the time that
 *     a request then waits until it may block ({@code blockingRequestsMax}); the container checks them once a second
 * @param blockingRequestsMax container threads that may run handlers that block at a time; further requests wait
 *     without a thread, for {@code requestDeadline} at most; 0: half of the container's threads
 * @param blockingWritesMax container threads that may block in a write at a time; further responses are written without
 *     blocking; 0: a quarter of the container's threads
 * @param unsentResponseMax bytes of responses that may wait in memory for clients that read slowly, a quarter of them
 *     for one client address; beyond, GET and HEAD are rejected with 503; 0: an eighth of the heap
 * @param responseDeadline the time that a client has to read a response that waits in memory
 * @param shutdownDelay how long a stopping instance serves requests: it reports not ready, and each response closes its
 *     connection
 */
@ConfigurationProperties("commerce.http")
record HttpProperties(
        @DefaultValue("16KB") DataSize bodyMax,
        @DefaultValue("5s") Duration requestDeadline,
        @DefaultValue("0") int blockingRequestsMax,
        @DefaultValue("0") int blockingWritesMax,
        @DefaultValue("0B") DataSize unsentResponseMax,
        @DefaultValue("60s") Duration responseDeadline,
        @DefaultValue("0s") Duration shutdownDelay) {

    private static final int THREADS_MAX = 10_000;
    private static final int THREADS_PER_BLOCKING_WRITE = 4;
    private static final int HEAP_PER_UNSENT = 8;
    private static final Duration SHUTDOWN_DELAY_MAX = Duration.ofMinutes(10);

    HttpProperties {
        if (bodyMax.toBytes() < 1 || bodyMax.toBytes() > 1 << 30) {
            throw new IllegalArgumentException("commerce.http.body-max must be from 1B to 1GB");
        }
        if (requestDeadline.isNegative() || requestDeadline.isZero()) {
            throw new IllegalArgumentException("commerce.http.request-deadline must be positive");
        }
        if (blockingRequestsMax < 0 || blockingRequestsMax > THREADS_MAX) {
            throw new IllegalArgumentException("commerce.http.blocking-requests-max must be from 0 to " + THREADS_MAX);
        }
        if (blockingWritesMax < 0 || blockingWritesMax > THREADS_MAX) {
            throw new IllegalArgumentException("commerce.http.blocking-writes-max must be from 0 to " + THREADS_MAX);
        }
        if (unsentResponseMax.isNegative()) {
            throw new IllegalArgumentException("commerce.http.unsent-response-max must not be negative");
        }
        if (responseDeadline.isNegative() || responseDeadline.isZero()) {
            throw new IllegalArgumentException("commerce.http.response-deadline must be positive");
        }
        if (shutdownDelay.isNegative() || shutdownDelay.compareTo(SHUTDOWN_DELAY_MAX) > 0) {
            throw new IllegalArgumentException("commerce.http.shutdown-delay must be from 0s to 10m");
        }
    }

    int blockingRequestsOf(int threads) {
        return blockingRequestsMax == 0 ? Math.max(1, threads / 2) : blockingRequestsMax;
    }

    int blockingWritesOf(int threads) {
        return blockingWritesMax == 0 ? Math.max(1, threads / THREADS_PER_BLOCKING_WRITE) : blockingWritesMax;
    }

    long unsentBytesOf(long heapBytes) {
        return unsentResponseMax.toBytes() == 0 ? heapBytes / HEAP_PER_UNSENT : unsentResponseMax.toBytes();
    }
}
