package kr.hhplus.commerce.eventlog.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Metrics of the relay. The gauges read the database, so every instance reports the same. */
final class RelayMetrics {

    private final Counter delivered;
    private final Counter failures;

    RelayMetrics(MeterRegistry registry, RelayLag lag, JdbcDeadLetters deadLetters, BooleanSupplier isLeader) {
        delivered = Counter.builder("commerce.eventlog.delivered")
                .description("Events delivered to the data platform by this instance")
                .register(registry);
        failures = Counter.builder("commerce.eventlog.failures")
                .description("Failed attempts of this instance to deliver events")
                .register(registry);
        Gauge.builder("commerce.eventlog.lag", lag::events)
                .description("Events not yet delivered to the data platform")
                .strongReference(true)
                .register(registry);
        TimeGauge.builder("commerce.eventlog.age", lag::ageMillis, TimeUnit.MILLISECONDS)
                .description("Age of the oldest event that is not yet delivered; 0 if there is none")
                .strongReference(true)
                .register(registry);
        Gauge.builder("commerce.eventlog.dead.letters", deadLetters::count)
                .description("Events that the sink has refused permanently, until a replay delivers them")
                .strongReference(true)
                .register(registry);
        Gauge.builder("commerce.eventlog.leader", () -> isLeader.getAsBoolean() ? 1 : 0)
                .description("1 on the instance that delivers, 0 on the others")
                .strongReference(true)
                .register(registry);
    }

    void delivered(int events) {
        delivered.increment(events);
    }

    void failed() {
        failures.increment();
    }
}
