package kr.hhplus.commerce.eventlog.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.eventlog.ConsumerOffsets;
import kr.hhplus.commerce.eventlog.EventLog;
import org.springframework.stereotype.Component;

/** The events that are not yet delivered. */
@Component
class RelayLag {

    private final EventLog log;
    private final ConsumerOffsets offsets;
    private final Clock clock;

    RelayLag(EventLog log, ConsumerOffsets offsets, Clock clock) {
        this.log = log;
        this.offsets = offsets;
        this.clock = clock;
    }

    long position() {
        return offsets.position(EventRelay.CONSUMER);
    }

    long head() {
        return log.head();
    }

    long events() {
        return offsets.behind(EventRelay.CONSUMER);
    }

    /** Returns the time of the oldest undelivered event. Empty if there is none. */
    Optional<Instant> oldest() {
        return log.occurredAt(position() + 1);
    }

    double ageMillis() {
        return oldest().map(
                        at -> Math.max(0, Duration.between(at, clock.instant()).toMillis()))
                .orElse(0L);
    }
}
