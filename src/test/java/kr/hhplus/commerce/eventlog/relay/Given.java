package kr.hhplus.commerce.eventlog.relay;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import kr.hhplus.commerce.eventlog.EventSink;
import kr.hhplus.commerce.eventlog.LogFixture;

/** The parts of the relay around one log, without Spring's context. */
record Given(LogFixture database, MeterRegistry registry) {

    EventRelay relay(EventSink sink, int chunk) {
        return new EventRelay(
                database.log, database.offsets, database.rewinds, sink, replays(), deadLetters(), metrics(), chunk);
    }

    private RelayMetrics metrics() {
        return new RelayMetrics(
                registry, new RelayLag(database.log, database.offsets, Clock.systemUTC()), deadLetters(), () -> true);
    }

    JdbcReplays replays() {
        return new JdbcReplays(database.jdbc);
    }

    JdbcDeadLetters deadLetters() {
        return new JdbcDeadLetters(database.jdbc, Clock.systemUTC());
    }

    JdbcLeases leases() {
        return new JdbcLeases(database.jdbc, Clock.systemUTC());
    }
}
