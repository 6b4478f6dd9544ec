package kr.hhplus.commerce.eventlog.relay;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the relay to one instance at a time by a lease. This saves work and makes duplicates rare. Delivery stays
 * correct if two instances are leaders for a moment, because consumer offsets never go back.
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

    /** The result of a renewal, and when it expires by this machine's monotonic clock. */
    private record Term(boolean won, long untilNanos) {}

    /** Takes or renews the lease. */
    void renew() {
        long startNanos = System.nanoTime();
        boolean before = isLeader();
        boolean won = leases.take(owner, lease);
        term = new Term(won, startNanos + lease.toNanos());
        if (won != before) {
            logger.info(
                    won ? "this instance is the leader of the relay" : "another instance is the leader of the relay");
        }
    }

    /** Whether this instance delivers. A process that was suspended for longer than the lease does not. */
    boolean isLeader() {
        Term current = term;
        return current.won() && System.nanoTime() - current.untilNanos() < 0;
    }

    /** Releases the lease, so that another instance takes over at once. */
    void close() {
        term = new Term(false, System.nanoTime());
        try {
            leases.release(owner);
        } catch (RuntimeException e) {
            logger.warn("failed to release the lease; it will expire", e);
        }
    }
}
