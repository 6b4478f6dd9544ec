package kr.hhplus.commerce.feed.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.feed.EventLog;
import kr.hhplus.commerce.feed.FeedReaders;
import org.springframework.stereotype.Component;

/** What is still to be delivered. */
@Component
class Backlog {

    private final EventLog log;
    private final FeedReaders readers;
    private final Clock clock;

    Backlog(EventLog log, FeedReaders readers, Clock clock) {
        this.log = log;
        this.readers = readers;
        this.clock = clock;
    }

    long position() {
        return readers.position(Relay.READER);
    }

    long head() {
        return log.head();
    }

    long events() {
        return readers.behind(Relay.READER);
    }

    /** When the first event that is still to be delivered happened. */
    Optional<Instant> oldest() {
        return log.occurredAt(position() + 1);
    }

    double ageMillis() {
        return oldest().map(
                        at -> Math.max(0, Duration.between(at, clock.instant()).toMillis()))
                .orElse(0L);
    }
}
