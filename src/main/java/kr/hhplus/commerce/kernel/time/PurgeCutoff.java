package kr.hhplus.commerce.kernel.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Decides how old a row must be before a purge deletes it. Every {@code DELETE} by age asks here, because a deleted row
 * cannot be had back when a clock turns out to be wrong: a row goes only when it is older than its retention by the
 * installation's clock, by the database's and by this machine's, and none goes for a whole retention after the
 * installation's clock has stepped forward.
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
     * Rows written before this instant have outlived their retention; nothing while purges pause. Of rows that hold
     * when they expire, the retention is their whole life, and this instant plus that life is the cutoff.
     */
    public Optional<Instant> of(Duration retention) {
        Optional<Instant> now = Stream.of(
                        clock.instant(), clock.reference(), machine.wall().instant())
                .min(Instant::compareTo);
        // After the clock was read, so that no step comes in between.
        return clock.steppedWithin(retention) ? Optional.empty() : now.map(time -> time.minus(retention));
    }
}
