package kr.hhplus.commerce.eventlog.relay;

import java.io.IOException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the relay work while this instance is the writer, and tells the others, by the lease's row, when it fails. */
final class LeaderRelay {

    private static final Logger logger = LoggerFactory.getLogger(LeaderRelay.class);

    private final LeaderElection election;
    private final EventRelay relay;
    private final JdbcLeases leases;
    private String told = "";
    private String error = "";

    LeaderRelay(LeaderElection election, EventRelay relay, JdbcLeases leases) {
        this.election = election;
        this.relay = relay;
        this.leases = leases;
    }

    /** @return whether there may be more to do right now */
    boolean step() throws Exception {
        if (!election.isWriter()) {
            relay.close();
            told = "";
            return false;
        }
        try {
            boolean more = relay.step();
            error = null;
            tell();
            return more;
        } catch (Exception e) {
            error = e instanceof IOException
                    ? String.valueOf(e.getMessage())
                    : "a failure of this side; its log says more";
            throw e;
        }
    }

    void failed() {
        relay.failed();
        try {
            tell();
        } catch (RuntimeException e) {
            logger.debug("the trouble cannot be written down either", e);
        }
    }

    /** Once per change, not per attempt. */
    private void tell() {
        if (Objects.equals(told, error)) {
            return;
        }
        if (error == null) {
            leases.works();
        } else {
            leases.failing(error);
        }
        told = error;
    }
}
