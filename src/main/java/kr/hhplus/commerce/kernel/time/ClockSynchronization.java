package kr.hhplus.commerce.kernel.time;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import kr.hhplus.commerce.kernel.time.InstallationClock.Correction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Synchronizes the installation's clock with its reference, and warns the operator about wrong clocks. */
final class ClockSynchronization {

    private static final Logger log = LoggerFactory.getLogger(ClockSynchronization.class);
    private static final Duration WARN_THRESHOLD = Duration.ofSeconds(1);
    private static final Duration WARN_INTERVAL = Duration.ofMinutes(10);

    private final JdbcReferenceClock reference;
    private final InstallationClock clock;
    private final MachineTime machine;
    private long warnedNanos;
    private boolean warned;

    ClockSynchronization(
            JdbcReferenceClock reference, InstallationClock clock, MachineTime machine, MeterRegistry registry) {
        this.reference = reference;
        this.clock = clock;
        this.machine = machine;
        Gauge.builder("commerce.clock.offset", this, self -> self.offsetMillis() / 1_000.0)
                .description("This machine's wall clock minus the installation's clock")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Measures once. */
    void step() {
        Correction correction = clock.correct(reference.measure());
        if (correction == Correction.STEPPED) {
            log.warn(
                    "The installation's clock has stepped forward to {}, because its reference was more than {} ms"
                            + " ahead. Purges pause for their retention.",
                    clock.instant(),
                    InstallationClock.SLEW_MAX.toMillis());
        }
        if (correction != Correction.UNCONFIRMED) {
            warnIfApart();
        }
    }

    private void warnIfApart() {
        long wallMillis = offsetMillis();
        long referenceMillis = clock.reference().toEpochMilli() - clock.millis();
        boolean apart = Math.max(Math.abs(wallMillis), Math.abs(referenceMillis)) > WARN_THRESHOLD.toMillis();
        long now = machine.nanoTime().getAsLong();
        if (apart && (!warned || now - warnedNanos >= WARN_INTERVAL.toNanos())) {
            warned = true;
            warnedNanos = now;
            log.warn(
                    "Clocks differ from the installation's: this machine's by {} ms, {} by {} ms. No decision depends"
                            + " on this machine's clock. Synchronize both with NTP.",
                    wallMillis,
                    reference.isEmbedded() ? "the reference (the same)" : "the database's",
                    referenceMillis);
        }
    }

    private long offsetMillis() {
        return machine.wall().millis() - clock.millis();
    }
}
