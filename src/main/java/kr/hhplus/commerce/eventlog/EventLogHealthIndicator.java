package kr.hhplus.commerce.eventlog;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * DOWN, so that the instance is not ready, while the database is known to have gone back in time. It does not query the
 * database.
 */
@Component
class EventLogHealthIndicator implements HealthIndicator {

    private final KnownLogState known;
    private final RewindDetector detector;

    EventLogHealthIndicator(KnownLogState known, RewindDetector detector) {
        this.known = known;
        this.detector = detector;
    }

    @Override
    public Health health() {
        Health.Builder health = known.isRewound() ? Health.down() : Health.up();
        return health.withDetail("rewound", known.isRewound())
                .withDetail("sinkAhead", detector.isSinkAhead())
                .build();
    }
}
