package kr.hhplus.commerce.feed.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import kr.hhplus.commerce.feed.Delivery;
import kr.hhplus.commerce.feed.LogFixture;

/** The parts of the relay around one log, without Spring's context. */
record Given(LogFixture database, MeterRegistry registry) {

    Relay relay(Delivery delivery, int chunk) {
        return new Relay(
                database.log,
                database.readers,
                database.rewinds,
                delivery,
                replays(),
                parkedEvents(),
                metrics(),
                chunk);
    }

    private RelayMetrics metrics() {
        return new RelayMetrics(
                registry, new Backlog(database.log, database.readers, Clock.systemUTC()), parkedEvents(), () -> true);
    }

    JdbcReplays replays() {
        return new JdbcReplays(database.jdbc);
    }

    JdbcParkedEvents parkedEvents() {
        return new JdbcParkedEvents(database.jdbc, Clock.systemUTC());
    }

    JdbcLeases leases() {
        return new JdbcLeases(database.jdbc, Clock.systemUTC());
    }
}
