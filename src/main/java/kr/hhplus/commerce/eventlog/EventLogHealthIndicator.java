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

    private final KnownHead knownHead;
    private final RewindDetector detector;

    EventLogHealthIndicator(KnownHead knownHead, RewindDetector detector) {
        this.knownHead = knownHead;
        this.detector = detector;
    }

    @Override
    public Health health() {
        Health.Builder health = knownHead.isRewound() ? Health.down() : Health.up();
        return health.withDetail("rewound", knownHead.isRewound())
                .withDetail("sinkAhead", detector.isSinkAhead())
                .build();
    }
}
