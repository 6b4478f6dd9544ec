package kr.hhplus.commerce.kernel.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A circuit breaker for Redis. It counts failures, and skips calls for a while after a failure. It never throws. */
public final class RedisCircuit {

    private static final Logger log = LoggerFactory.getLogger(RedisCircuit.class);

    private final long openNanos;
    private final Counter failures;
    private volatile boolean reachable = true;
    private volatile long failedNanos;

    /**
     * Creates a closed circuit.
     *
     * @param user the purpose of the calls, part of the metric names; each purpose has its own circuit
     * @param openDuration how long calls are skipped after a failure
     */
    public RedisCircuit(String user, Duration openDuration, MeterRegistry registry) {
        this.openNanos = openDuration.toNanos();
        this.failures = Counter.builder("commerce." + user + ".redis.failures")
                .description("Redis calls that failed or timed out")
                .register(registry);
        Gauge.builder("commerce." + user + ".redis.reachable", () -> reachable ? 1 : 0)
                .description("Whether the last Redis call succeeded")
                .strongReference(true)
                .register(registry);
    }

    boolean isReachable() {
        return reachable;
    }

    /** Returns the result of the call. Empty if it failed, returned null, or was skipped. */
    public <T> Optional<T> call(Callable<T> call) {
        if (!reachable && System.nanoTime() - failedNanos < openNanos) {
            return Optional.empty();
        }
        try {
            T result = call.call();
            if (!reachable) {
                log.info("Redis is reachable again");
                reachable = true;
            }
            return Optional.ofNullable(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (Exception e) {
            failed(e);
            return Optional.empty();
        }
    }

    private void failed(Exception e) {
        failures.increment();
        failedNanos = System.nanoTime();
        if (reachable) {
            reachable = false;
            log.warn(
                    "Redis is not reachable; continuing without it: {}",
                    e instanceof TimeoutException ? "timeout" : e.toString());
        }
    }
}
