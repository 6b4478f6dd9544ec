package kr.hhplus.bench.load;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The measurements of one thread. A response counts for the rate if it arrives inside the window; a latency counts if
 * its request was due inside the window, however late its response.
 */
public final class Recorder {

    private final Window window;
    private final Tally[] tallies;
    private long[] okPerSecond = new long[8];

    /** The measurements of one kind of request. */
    public static final class Tally {
        public final Histogram okMicros = new Histogram(3);
        public final Histogram refusedMicros = new Histogram(3);
        public long ok;
        public long refused;
        /** Refused requests with status 429. */
        public long limited;

        public long overloaded;
        public long failed;
        public long unanswered;

        void add(Tally other) {
            okMicros.add(other.okMicros);
            refusedMicros.add(other.refusedMicros);
            ok += other.ok;
            refused += other.refused;
            limited += other.limited;
            overloaded += other.overloaded;
            failed += other.failed;
            unanswered += other.unanswered;
        }
    }

    Recorder(Window window, int kinds) {
        this.window = window;
        this.tallies = new Tally[kinds];
        Arrays.setAll(tallies, i -> new Tally());
    }

    void answered(int kind, int status, long intendedNanos, long nowNanos) {
        Tally tally = tallies[kind];
        boolean ok = status < 300;
        if (window.contains(nowNanos)) {
            if (ok) {
                tally.ok++;
                countSecond(nowNanos);
            } else if (status < 500) {
                tally.refused++;
                tally.limited += status == 429 ? 1 : 0;
            } else if (status == 503) {
                tally.overloaded++;
            } else {
                tally.failed++;
            }
        }
        if (window.contains(intendedNanos)) {
            (ok ? tally.okMicros : tally.refusedMicros).recordValue(micros(nowNanos - intendedNanos));
        }
    }

    /** A connection that broke with a request in flight. */
    void broke(int kind, long intendedNanos, long nowNanos) {
        if (window.contains(nowNanos)) {
            tallies[kind].failed++;
        }
        if (window.contains(intendedNanos)) {
            tallies[kind].okMicros.recordValue(micros(nowNanos - intendedNanos));
        }
    }

    /** No response at the end of the load: the waiting time so far counts in the percentiles. */
    void unanswered(int kind, long intendedNanos, long nowNanos) {
        if (window.contains(intendedNanos)) {
            tallies[kind].unanswered++;
            tallies[kind].okMicros.recordValue(micros(nowNanos - intendedNanos));
        }
    }

    private void countSecond(long nowNanos) {
        int second = (int) TimeUnit.NANOSECONDS.toSeconds(nowNanos - window.startNanos());
        if (second >= okPerSecond.length) {
            okPerSecond = Arrays.copyOf(okPerSecond, 2 * second + 1);
        }
        okPerSecond[second]++;
    }

    private static long micros(long nanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
    }

    Tally tally(int kind) {
        return tallies[kind];
    }

    long[] okPerSecond() {
        return okPerSecond;
    }
}
