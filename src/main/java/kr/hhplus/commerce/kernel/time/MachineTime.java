package kr.hhplus.commerce.kernel.time;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The clocks of this machine. Tests replace this bean.
 *
 * @param nanoTime {@link System#nanoTime}: never goes back, may stop while the machine sleeps
 * @param wall the time of day, which an administrator, NTP or an empty battery can set to any value
 */
record MachineTime(LongSupplier nanoTime, Clock wall) {

    static MachineTime ofSystem() {
        return new MachineTime(System::nanoTime, Clock.systemUTC());
    }
}
