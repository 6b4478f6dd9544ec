package kr.hhplus.commerce.eventlog.relay;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the relay to one instance at a time, by a lease. It spares work and keeps repeats rare; what reaches the
 * platform is right even where two instances believe in themselves for a while.
 */
final class LeaderElection {

    private static final Logger logger = LoggerFactory.getLogger(LeaderElection.class);

    private final JdbcLeases leases;
    private final Duration lease;
    private final String owner = UUID.randomUUID().toString();
    private volatile Term term = new Term(false, System.nanoTime());

    LeaderElection(JdbcLeases leases, Duration lease) {
        this.leases = leases;
        this.lease = lease;
    }

    /** One round's result, and until when, by this machine's monotonic clock, it may be believed. */
    private record Term(boolean won, long untilNanos) {}

    /** Takes or renews the lease. @return false: there is nothing more to do until the next round */
    boolean renew() {
        long asked = System.nanoTime();
        boolean before = isWriter();
        boolean won = leases.take(owner, lease);
        term = new Term(won, asked + lease.toNanos());
        if (won != before) {
            logger.info(won ? "this instance delivers the events now" : "another instance delivers the events now");
        }
        return false;
    }

    /** Whether this instance is to deliver. A process that slept too long knows by itself that it is not. */
    boolean isWriter() {
        Term current = term;
        return current.won() && System.nanoTime() - current.untilNanos() < 0;
    }

    /** Lets another instance take over at once. */
    void close() {
        term = new Term(false, System.nanoTime());
        try {
            leases.release(owner);
        } catch (RuntimeException e) {
            logger.warn("the lease was not given back, and lapses by itself", e);
        }
    }
}
