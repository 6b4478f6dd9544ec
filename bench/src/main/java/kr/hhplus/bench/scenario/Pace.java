package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.Locale;
import kr.hhplus.bench.load.Load;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.LoadResult;

/**
 * The load of a run.
 *
 * @param perSecond 0 for a closed loop: each client sends its next request after its response
 */
record Pace(int connections, double perSecond, Duration warmUp, Duration time) {

    static Pace closed(int connections, Duration warmUp, Duration time) {
        return new Pace(connections, 0, warmUp, time);
    }

    LoadResult drive(Load load, LoadPlan plan) {
        return perSecond > 0
                ? load.open(plan, perSecond, connections, warmUp, time)
                : load.closed(plan, connections, warmUp, time);
    }

    String text() {
        return perSecond > 0
                ? String.format(Locale.ROOT, "open, %,.0f/s", perSecond)
                : String.format(Locale.ROOT, "closed, %,d", connections);
    }
}
