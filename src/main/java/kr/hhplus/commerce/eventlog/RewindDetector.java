package kr.hhplus.commerce.eventlog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import kr.hhplus.commerce.eventlog.JdbcLogState.State;
import kr.hhplus.commerce.eventlog.KnownHead.Known;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Notices a database that went back in time: by an event that this process knows to be on disk and that the log no
 * longer has. Then orders and deliveries stop on all instances, because new events would get ids that were given out
 * before, until an operator accepts a new incarnation of the log.
 */
@Component
public class RewindDetector {

    private static final Logger logger = LoggerFactory.getLogger(RewindDetector.class);

    private final KnownHead known;
    private final JdbcLogState rows;
    private final EventLog log;
    private volatile boolean sinkIsAhead;
    private boolean told;

    RewindDetector(KnownHead known, JdbcLogState rows, EventLog log, MeterRegistry registry) {
        this.known = known;
        this.rows = rows;
        this.log = log;
        Gauge.builder("commerce.eventlog.rewound", () -> known.isRewound() ? 1 : 0)
                .description("1 while orders and deliveries wait because the database went back in time")
                .strongReference(true)
                .register(registry);
        Gauge.builder("commerce.eventlog.sink.ahead", () -> sinkIsAhead ? 1 : 0)
                .description("1 while deliveries wait because the sink holds an event that the log does not")
                .strongReference(true)
                .register(registry);
    }

    /** Compares once. @return false: there is nothing more to do at once */
    public synchronized boolean check() {
        Known newest = known.newest();
        if (newest.id() != 0 && rows.lacks(newest)) {
            rows.stop(newest);
        }
        State state = rows.read();
        known.rewound(state.rewound());
        sinkIsAhead = state.sinkIsAhead();
        tell(state);
        if (!state.rewound() && state.headId() > known.newest().id()) {
            // What others appended counts too, once it is on disk.
            log.onDiskAfter(state.position() - 1, 1);
        }
        return false;
    }

    private void tell(State state) {
        if (state.rewound() && !told) {
            logger.error(
                    "the event log went back in time: event {} was on disk, and the log ends at {}. Orders and"
                            + " deliveries stop until an operator accepts a new incarnation: bin/accept-incarnation,"
                            + " and \"The database was restored\" in docs/operations.md",
                    IdText.of(state.lostId()),
                    IdText.of(state.headId()));
        } else if (told && !state.rewound()) {
            logger.warn("the event log goes on in incarnation {}", state.incarnation());
        }
        told = state.rewound();
    }

    /** Whether deliveries wait because the sink holds an event that the log does not. */
    boolean isSinkAhead() {
        return sinkIsAhead;
    }

    /** A sink holds an event that this log has not. */
    public void sinkIsAhead(SinkAheadException ahead) {
        if (!sinkIsAhead) {
            logger.error(
                    "{}. Deliveries wait, orders go on. Where the database was restored or is a new one, accept a new"
                            + " incarnation: bin/accept-incarnation. Where the sink is another shop's, give this one"
                            + " its own",
                    ahead.getMessage());
        }
        rows.sinkIsAhead(ahead.eventId(), ahead.occurredAt());
        sinkIsAhead = true;
    }

    /** The sink was compared with the log and is not ahead of it. */
    public void sinkIsLevel() {
        rows.sinkIsLevel();
        sinkIsAhead = false;
    }

    /** @throws IOException while the log is known to have gone back in time */
    public void requireIntact() throws IOException {
        if (known.isRewound()) {
            throw new IOException(new EventLogRewoundException().getMessage());
        }
    }
}
