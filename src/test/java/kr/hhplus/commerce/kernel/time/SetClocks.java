package kr.hhplus.commerce.kernel.time;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** An instance whose machine's clocks a test sets, on a database whose clock is as it is. */
public final class SetClocks {

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final InstallationClock clock;
    private final PurgeCutoff cutoff;
    private final ClockSynchronization synchronization;
    private Duration wallShift;

    private SetClocks(JdbcTemplate jdbc, Duration wallShift) {
        this.wallShift = wallShift;
        Clock wall = new MovingClock(() -> Instant.now().plus(this.wallShift));
        MachineTime machine = new MachineTime(System::nanoTime, wall);
        JdbcReferenceClock reference = new JdbcReferenceClock(jdbc, machine);
        this.clock = InstallationClock.start(
                machine.nanoTime(), reference.measure(), reference.newestStored(), reference.isEmbedded());
        this.cutoff = new PurgeCutoff(clock, machine);
        this.synchronization = new ClockSynchronization(reference, clock, machine, metrics);
    }

    /** One that starts with a wall clock that is wrong by so much. */
    public static SetClocks startedOn(JdbcTemplate jdbc, Duration wallShift) {
        return new SetClocks(jdbc, wallShift);
    }

    /** A cutoff of clocks that all show this time. */
    public static PurgeCutoff allAt(Instant now) {
        MachineTime machine = new MachineTime(() -> 0, Clock.fixed(now, ZoneOffset.UTC));
        InstallationClock.Measurement first = InstallationClock.Measurement.of(0, now, 0);
        return new PurgeCutoff(InstallationClock.start(machine.nanoTime(), first, Optional.empty(), false), machine);
    }

    /** The wall clock jumps, and shows a time that is wrong by so much. */
    public void jumpTo(Duration wallShift) {
        this.wallShift = wallShift;
    }

    public void synchronize(int times) {
        for (int i = 0; i < times; i++) {
            synchronization.step();
        }
    }

    public Clock clock() {
        return clock;
    }

    public PurgeCutoff cutoff() {
        return cutoff;
    }

    public double offsetSeconds() {
        return metrics.get("commerce.clock.offset").gauge().value();
    }
}
