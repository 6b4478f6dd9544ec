package kr.hhplus.commerce.eventlog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import kr.hhplus.commerce.eventlog.JdbcLogState.State;
import kr.hhplus.commerce.eventlog.KnownLogState.Event;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Detects a database that went back in time: the log no longer has an event that this process knows to be on disk.
 * Orders and deliveries then stop on all instances, because new events would get ids that have been used before. They
 * continue when an operator accepts a new incarnation of the log.
 */
@Component
public class RewindDetector {

    private static final Logger logger = LoggerFactory.getLogger(RewindDetector.class);

    private final KnownLogState known;
    private final JdbcLogState rows;
    private final EventLog log;
    private volatile boolean sinkIsAhead;
    private boolean reported;

    RewindDetector(KnownLogState known, JdbcLogState rows, EventLog log, MeterRegistry registry) {
        this.known = known;
        this.rows = rows;
        this.log = log;
        Gauge.builder("commerce.eventlog.rewound", () -> known.isRewound() ? 1 : 0)
                .description("1 while orders and deliveries are stopped because the database went back in time")
                .strongReference(true)
                .register(registry);
        Gauge.builder("commerce.eventlog.sink.ahead", () -> sinkIsAhead ? 1 : 0)
                .description("1 while deliveries are stopped because the sink has an event that the log does not have")
                .strongReference(true)
                .register(registry);
    }

    /** Compares the log with the known event once. */
    public synchronized void check() {
        Event newest = known.newest();
        if (newest.id() != 0 && rows.lacks(newest)) {
            rows.stop(newest);
        }
        State state = rows.read();
        known.rewound(state.rewound());
        sinkIsAhead = state.sinkIsAhead();
        report(state);
        if (!state.rewound() && state.headId() > known.newest().id()) {
            // Events of other instances become known too, once they are on disk.
            log.durableAfter(state.position() - 1, 1);
        }
    }

    private void report(State state) {
        if (state.rewound() && !reported) {
            logger.error(
                    "the event log went back in time: event {} was on disk, but the log ends at {}. Orders and"
                            + " deliveries stop until an operator accepts a new incarnation: bin/accept-incarnation,"
                            + " see \"The database was restored\" in docs/operations.md",
                    IdText.of(state.lostId()),
                    IdText.of(state.headId()));
        } else if (reported && !state.rewound()) {
            logger.warn("the event log continues in incarnation {}", state.incarnation());
        }
        reported = state.rewound();
    }

    /** Whether deliveries are stopped because the sink has an event that the log does not have. */
    boolean isSinkAhead() {
        return sinkIsAhead;
    }

    /** Stops deliveries, because the sink has an event that this log does not have. */
    public void sinkIsAhead(SinkAheadException ahead) {
        if (!sinkIsAhead) {
            logger.error(
                    "{}. Deliveries stop, orders continue. If the database was restored or is new, accept a new"
                            + " incarnation: bin/accept-incarnation. If the sink belongs to another shop, configure a"
                            + " separate one",
                    ahead.getMessage());
        }
        rows.sinkIsAhead(ahead.eventId(), ahead.occurredAt());
        sinkIsAhead = true;
    }

    /** Resumes deliveries after a comparison has shown that the sink is not ahead of the log. */
    public void sinkIsNotAhead() {
        rows.sinkIsNotAhead();
        sinkIsAhead = false;
    }

    /**
     * Checks that the log has not gone back in time.
     *
     * @throws IOException while the log is known to have gone back in time
     */
    public void requireIntact() throws IOException {
        if (known.isRewound()) {
            throw new IOException(new EventLogRewoundException().getMessage());
        }
    }
}
