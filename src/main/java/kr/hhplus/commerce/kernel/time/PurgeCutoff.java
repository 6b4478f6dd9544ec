package kr.hhplus.commerce.kernel.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Decides how old a row must be before a purge deletes it. Every {@code DELETE} by age uses this cutoff, because a
 * deleted row cannot be restored when a clock turns out to be wrong. A row must be older than its retention by the
 * installation's clock, by the database's and by this machine's. After a forward step of the installation's clock,
 * purges pause for a whole retention.
 */
@Component
public class PurgeCutoff {

    private final InstallationClock clock;
    private final MachineTime machine;

    PurgeCutoff(InstallationClock clock, MachineTime machine) {
        this.clock = clock;
        this.machine = machine;
    }

    /**
     * Returns the instant before which rows have outlived their retention. Empty while purges pause. For rows that
     * store their expiry, pass their whole lifetime as the retention, and add it to the result to get the cutoff.
     */
    public Optional<Instant> of(Duration retention) {
        Optional<Instant> now = Stream.of(
                        clock.instant(), clock.reference(), machine.wall().instant())
                .min(Instant::compareTo);
        // Checked after the clock was read, so that a step in between counts.
        return clock.steppedWithin(retention) ? Optional.empty() : now.map(time -> time.minus(retention));
    }
}
