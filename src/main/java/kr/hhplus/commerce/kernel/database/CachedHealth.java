package kr.hhplus.commerce.kernel.database;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Caches the result of a health check for a short time, because health requests are not rate-limited and each check
 * takes a connection. While one thread runs a check, other threads get the last result, or DOWN if the check takes too
 * long. Each result shows its age.
 */
final class CachedHealth implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(CachedHealth.class);

    private final HealthIndicator delegate;
    private final long cacheNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile Result last;
    private volatile long checkingSinceNanos;

    private record Result(Health health, long startNanos, long endNanos) {

        /**
         * Returns the result with its age. The age counts from the start of the check, because the state may have
         * changed before the check ended.
         */
        private Health agedAt(long nanos) {
            return Health.status(health.getStatus())
                    .withDetails(health.getDetails())
                    .withDetail("ageMillis", TimeUnit.NANOSECONDS.toMillis(nanos - startNanos))
                    .build();
        }
    }

    /**
     * Creates a cache around a check.
     *
     * @param delegate the health check
     * @param cacheNanos how long a result is served without a new check
     * @param nanoTime {@link System#nanoTime}, or a clock that a test controls
     */
    CachedHealth(HealthIndicator delegate, long cacheNanos, LongSupplier nanoTime) {
        this.delegate = delegate;
        this.cacheNanos = cacheNanos;
        this.nanoTime = nanoTime;
    }

    @Override
    public Health health() {
        Result cached = last;
        if (cached == null) {
            checking.lock();
        } else if (isFresh(cached)) {
            return cached.agedAt(nanoTime.getAsLong());
        } else if (!checking.tryLock()) {
            boolean late = nanoTime.getAsLong() - checkingSinceNanos > cacheNanos;
            return late
                    ? Health.down()
                            .withDetail("error", "the health check has not completed")
                            .build()
                    : cached.agedAt(nanoTime.getAsLong());
        }
        try {
            cached = last;
            Result result = cached != null && isFresh(cached) ? cached : check();
            return result.agedAt(nanoTime.getAsLong());
        } finally {
            checking.unlock();
        }
    }

    private boolean isFresh(Result result) {
        return nanoTime.getAsLong() - result.endNanos() < cacheNanos;
    }

    private Result check() {
        checkingSinceNanos = nanoTime.getAsLong();
        Health health = delegate.health();
        Result result = new Result(health, checkingSinceNanos, nanoTime.getAsLong());
        logChange(result.health().getStatus());
        last = result;
        return result;
    }

    private void logChange(Status status) {
        Status before = last == null ? Status.UP : last.health().getStatus();
        if (!status.equals(before)) {
            log.warn("The database's health changed from {} to {}", before, status);
        }
    }
}
