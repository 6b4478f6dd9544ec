package kr.hhplus.commerce.eventlog;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down, and the instance not ready, while the database is known to have gone back in time. Asks no database. */
@Component
class EventLogHealthIndicator implements HealthIndicator {

    private final KnownHead known;
    private final RewindDetector rewinds;

    EventLogHealthIndicator(KnownHead known, RewindDetector rewinds) {
        this.known = known;
        this.rewinds = rewinds;
    }

    @Override
    public Health health() {
        Health.Builder health = known.isRewound() ? Health.down() : Health.up();
        return health.withDetail("rewound", known.isRewound())
                .withDetail("sinkAhead", rewinds.isSinkAhead())
                .build();
    }
}
