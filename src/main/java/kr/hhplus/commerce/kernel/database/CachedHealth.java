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
 * Keeps an answer about health for a moment: nobody limits who asks, and each asking takes a connection. While one asks
 * anew, the others hear the last answer, or, where that takes too long, that it is down. Every answer carries its age.
 */
final class CachedHealth implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(CachedHealth.class);

    private final HealthIndicator asked;
    private final long keptNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Answer last;
    private volatile long askingSince;

    private record Answer(Health health, long askedNanos, long atNanos) {

        /** As old as the question: what was true then may have ended before the answer came. */
        private Health agedAt(long nanos) {
            return Health.status(health.getStatus())
                    .withDetails(health.getDetails())
                    .withDetail("ageMillis", TimeUnit.NANOSECONDS.toMillis(nanos - askedNanos))
                    .build();
        }
    }

    /** @param nanoTime as {@link System#nanoTime} */
    CachedHealth(HealthIndicator asked, long keptNanos, LongSupplier nanoTime) {
        this.asked = asked;
        this.keptNanos = keptNanos;
        this.nanoTime = nanoTime;
    }

    @Override
    public Health health() {
        Answer known = last;
        if (known == null) {
            asking.lock();
        } else if (isFresh(known)) {
            return known.agedAt(nanoTime.getAsLong());
        } else if (!asking.tryLock()) {
            boolean late = nanoTime.getAsLong() - askingSince > keptNanos;
            return late
                    ? Health.down().withDetail("error", "no answer yet").build()
                    : known.agedAt(nanoTime.getAsLong());
        }
        try {
            known = last;
            Answer answer = known != null && isFresh(known) ? known : ask();
            return answer.agedAt(nanoTime.getAsLong());
        } finally {
            asking.unlock();
        }
    }

    private boolean isFresh(Answer answer) {
        return nanoTime.getAsLong() - answer.atNanos() < keptNanos;
    }

    private Answer ask() {
        askingSince = nanoTime.getAsLong();
        Health health = asked.health();
        Answer answer = new Answer(health, askingSince, nanoTime.getAsLong());
        logChange(answer.health().getStatus());
        last = answer;
        return answer;
    }

    private void logChange(Status status) {
        Status before = last == null ? Status.UP : last.health().getStatus();
        if (!status.equals(before)) {
            log.warn("The database's health is {} now, after {}", status, before);
        }
    }
}
