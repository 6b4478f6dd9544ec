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

/** The one door to Redis: counts what fails, and after a failure leaves Redis alone for a while. Throws nothing. */
public final class RedisCircuit {

    private static final Logger log = LoggerFactory.getLogger(RedisCircuit.class);

    private final long restNanos;
    private final Counter failures;
    private volatile boolean reachable = true;
    private volatile long failedNanos;

    /**
     * @param user what Redis is asked for, as its meters are named: one that is impatient takes it from no other
     * @param rest how long Redis is left alone after a failure
     */
    public RedisCircuit(String user, Duration rest, MeterRegistry registry) {
        this.restNanos = rest.toNanos();
        this.failures = Counter.builder("commerce." + user + ".redis.failures")
                .description("Calls of Redis that failed or took too long; each was done without")
                .register(registry);
        Gauge.builder("commerce." + user + ".redis.reachable", () -> reachable ? 1 : 0)
                .description("Whether the last call of Redis succeeded")
                .strongReference(true)
                .register(registry);
    }

    boolean isReachable() {
        return reachable;
    }

    /** What the call returns; nothing where it failed, returned null, or Redis is being left alone. */
    public <T> Optional<T> call(Callable<T> call) {
        if (!reachable && System.nanoTime() - failedNanos < restNanos) {
            return Optional.empty();
        }
        try {
            T result = call.call();
            if (!reachable) {
                log.info("Redis can be used again");
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
                    "Redis cannot be used; working without it: {}",
                    e instanceof TimeoutException ? "too slow" : e.toString());
        }
    }
}
