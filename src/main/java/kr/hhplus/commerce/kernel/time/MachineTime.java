package kr.hhplus.commerce.kernel.time;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What the clocks of this machine show. Tests put their own in this bean's place.
 *
 * @param nanoTime as {@link System#nanoTime}: never goes back, may stop while the machine sleeps
 * @param wall the time of day, which an administrator, NTP or a flat battery may set to anything
 */
record MachineTime(LongSupplier nanoTime, Clock wall) {

    static MachineTime ofSystem() {
        return new MachineTime(System::nanoTime, Clock.systemUTC());
    }
}
