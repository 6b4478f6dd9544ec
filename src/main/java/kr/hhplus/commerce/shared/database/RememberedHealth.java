package kr.hhplus.commerce.shared.database;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Keeps an answer about health for a moment: nobody limits who asks, and each asking takes a connection. While one asks
 * anew, the others hear the last answer, or, where that takes too long, that it is down.
 */
final class RememberedHealth implements HealthIndicator {

    private final HealthIndicator asked;
    private final long keptNanos;
    private final LongSupplier nanoTime;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Answer last;
    private volatile long askingSince;

    private record Answer(Health health, long atNanos) {}

    /** @param nanoTime as {@link System#nanoTime} */
    RememberedHealth(HealthIndicator asked, long keptNanos, LongSupplier nanoTime) {
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
            return known.health();
        } else if (!asking.tryLock()) {
            boolean late = nanoTime.getAsLong() - askingSince > keptNanos;
            return late ? Health.down().withDetail("error", "no answer yet").build() : known.health();
        }
        try {
            known = last;
            return known != null && isFresh(known) ? known.health() : ask();
        } finally {
            asking.unlock();
        }
    }

    private boolean isFresh(Answer answer) {
        return nanoTime.getAsLong() - answer.atNanos() < keptNanos;
    }

    private Health ask() {
        askingSince = nanoTime.getAsLong();
        Health health = asked.health();
        last = new Answer(health, nanoTime.getAsLong());
        return health;
    }
}
