package kr.hhplus.commerce.eventlog.relay;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the relay while this instance is the leader, and records failures in the row of the lease. */
final class LeaderRelay {

    private static final Logger logger = LoggerFactory.getLogger(LeaderRelay.class);

    private final LeaderElection election;
    private final EventRelay relay;
    private final JdbcLeases leases;
    private @Nullable Outcome latest;
    private @Nullable Outcome recorded;

    LeaderRelay(LeaderElection election, EventRelay relay, JdbcLeases leases) {
        this.election = election;
        this.relay = relay;
        this.leases = leases;
    }

    /**
     * The outcome of a step.
     *
     * @param error null after success
     */
    private record Outcome(@Nullable String error) {}

    /** @return whether to run again at once */
    boolean step() throws Exception {
        if (!election.isLeader()) {
            relay.close();
            recorded = null;
            return false;
        }
        try {
            boolean more = relay.step();
            latest = new Outcome(null);
            record();
            return more;
        } catch (Exception e) {
            latest = new Outcome(
                    e instanceof IOException
                            ? String.valueOf(e.getMessage())
                            : "an internal error of this instance; see its log");
            throw e;
        }
    }

    void failed() {
        relay.failed();
        try {
            record();
        } catch (RuntimeException e) {
            logger.debug("failed to record the error", e);
        }
    }

    /** Writes only when the error changes, not after each attempt. */
    private void record() {
        if (latest == null || latest.equals(recorded)) {
            return;
        }
        if (latest.error() == null) {
            leases.recordSuccess();
        } else {
            leases.recordFailure(latest.error());
        }
        recorded = latest;
    }
}
