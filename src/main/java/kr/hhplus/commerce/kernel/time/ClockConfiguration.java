package kr.hhplus.commerce.kernel.time;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.kernel.time.InstallationClock.Measurement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the clock of all business windows and expiries, after the migrations. */
@Configuration(proxyBeanMethods = false)
class ClockConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ClockConfiguration.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @Bean
    MachineTime machineTime() {
        return MachineTime.ofSystem();
    }

    @Bean
    InstallationClock clock(JdbcReferenceClock reference, MachineTime machine) {
        Optional<Instant> newest = reference.newestStored();
        Measurement first = reference.measure();
        InstallationClock clock = InstallationClock.start(machine.nanoTime(), first, newest, reference.isEmbedded());
        newest.ifPresent(stored -> logDoubts(clock, stored));
        return clock;
    }

    private static void logDoubts(InstallationClock clock, Instant stored) {
        if (Duration.between(clock.reference(), stored).compareTo(InstallationClock.HOLD_MAX) > 0) {
            log.warn(
                    "The newest row is from {}, but the clock shows {}. The installation's time continues from the row,"
                            + " 10 % slower until the clock has caught up. Check whether the clock is or was wrong.",
                    stored, clock.reference());
        } else if (clock.steppedWithin(InstallationClock.CLOSED_MAX)) {
            log.info(
                    "The newest row is from {}. The shop has been closed since, or the clock is wrong. Purges pause for"
                            + " their retention.",
                    stored);
        }
    }

    @Bean
    BackgroundTask clockSynchronizationLoop(
            JdbcReferenceClock reference, InstallationClock clock, MachineTime machine, MeterRegistry registry) {
        ClockSynchronization synchronization = new ClockSynchronization(reference, clock, machine, registry);
        return BackgroundTask.periodic("clock-synchronization", INTERVAL, synchronization::step);
    }
}
