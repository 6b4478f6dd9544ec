package kr.hhplus.commerce.eventlog.relay;

import java.io.IOException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the relay while this instance is the leader, and records failures in the row of the lease. */
final class LeaderRelay {

    private static final Logger logger = LoggerFactory.getLogger(LeaderRelay.class);

    private final LeaderElection election;
    private final EventRelay relay;
    private final JdbcLeases leases;
    private String recorded = "";
    private String error = "";

    LeaderRelay(LeaderElection election, EventRelay relay, JdbcLeases leases) {
        this.election = election;
        this.relay = relay;
        this.leases = leases;
    }

    /** @return whether to run again at once */
    boolean step() throws Exception {
        if (!election.isLeader()) {
            relay.close();
            recorded = "";
            return false;
        }
        try {
            boolean more = relay.step();
            error = null;
            record();
            return more;
        } catch (Exception e) {
            error = e instanceof IOException
                    ? String.valueOf(e.getMessage())
                    : "an internal error of this instance; see its log";
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
        if (Objects.equals(recorded, error)) {
            return;
        }
        if (error == null) {
            leases.recordSuccess();
        } else {
            leases.recordFailure(error);
        }
        recorded = error;
    }
}
