package kr.hhplus.commerce.web.server;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a request may cost before it is understood, and how requests end when the server does.
 *
 * @param bodyMax bytes of a body; one more is refused with 413
 * @param headDeadline how long a client may take to send the request line and all headers, checked once a second
 * @param requestDeadline how long a client may take to send its whole body, checked once a second
 * @param busyThreads how many of the container's threads work as long as none has to wait; 0: one for each processor
 *     but one, which is left to those who decide
 * @param blockingWritesMax threads of the container that may wait for clients to read at a time; what is sent meanwhile
 *     needs no thread; 0: a quarter of them
 * @param unsentResponseMax bytes of responses that may wait in memory for clients that read slowly, a quarter of them
 *     for one address; beyond, GET and HEAD are refused with 503; 0: an eighth of the heap
 * @param responseDeadline how long a client may take to read a response that waits there
 * @param shutdownDelay how long a stopping server goes on serving: not ready, and each response closes its connection
 */
@ConfigurationProperties("commerce.http")
record HttpProperties(
        @DefaultValue("16KB") DataSize bodyMax,
        @DefaultValue("10s") Duration headDeadline,
        @DefaultValue("5s") Duration requestDeadline,
        @DefaultValue("0") int busyThreads,
        @DefaultValue("0") int blockingWritesMax,
        @DefaultValue("0B") DataSize unsentResponseMax,
        @DefaultValue("60s") Duration responseDeadline,
        @DefaultValue("0s") Duration shutdownDelay) {

    private static final int BUSY_THREADS_MAX = 10_000;
    private static final int THREADS_FOR_EACH_WRITE = 4;
    private static final int HEAP_FOR_UNSENT = 8;
    private static final Duration DRAIN_MAX = Duration.ofMinutes(10);

    HttpProperties {
        if (bodyMax.toBytes() < 1 || bodyMax.toBytes() > 1 << 30) {
            throw new IllegalArgumentException("commerce.http.body-max must be from 1B to 1GB");
        }
        if (headDeadline.isNegative() || headDeadline.isZero()) {
            throw new IllegalArgumentException("commerce.http.head-deadline must be positive");
        }
        if (requestDeadline.isNegative() || requestDeadline.isZero()) {
            throw new IllegalArgumentException("commerce.http.request-deadline must be positive");
        }
        if (busyThreads < 0 || busyThreads > BUSY_THREADS_MAX) {
            throw new IllegalArgumentException("commerce.http.busy-threads must be from 0 to " + BUSY_THREADS_MAX);
        }
        if (blockingWritesMax < 0 || blockingWritesMax > BUSY_THREADS_MAX) {
            throw new IllegalArgumentException(
                    "commerce.http.blocking-writes-max must be from 0 to " + BUSY_THREADS_MAX);
        }
        if (unsentResponseMax.isNegative()) {
            throw new IllegalArgumentException("commerce.http.unsent-response-max must not be negative");
        }
        if (responseDeadline.isNegative() || responseDeadline.isZero()) {
            throw new IllegalArgumentException("commerce.http.response-deadline must be positive");
        }
        if (shutdownDelay.isNegative() || shutdownDelay.compareTo(DRAIN_MAX) > 0) {
            throw new IllegalArgumentException("commerce.http.shutdown-delay must be from 0s to 10m");
        }
    }

    int blockingWritesOf(int threads) {
        return blockingWritesMax == 0 ? Math.max(1, threads / THREADS_FOR_EACH_WRITE) : blockingWritesMax;
    }

    long unsentBytesOf(long heapBytes) {
        return unsentResponseMax.toBytes() == 0 ? heapBytes / HEAP_FOR_UNSENT : unsentResponseMax.toBytes();
    }

    int busyThreadsOn(int processors) {
        return busyThreads == 0 ? Math.max(1, processors - 1) : busyThreads;
    }
}
