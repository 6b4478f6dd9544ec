package kr.hhplus.bench.load;

import java.time.Duration;

/** The measured period in {@link System#nanoTime}. */
final class Window {

    private volatile long openedNanos;
    private volatile long startNanos;
    private volatile long endNanos;

    /** Starts the warm-up now, followed by the measured period. */
    void open(Duration warmUp, Duration time) {
        openedNanos = System.nanoTime();
        startNanos = openedNanos + warmUp.toNanos();
        endNanos = startNanos + time.toNanos();
    }

    boolean contains(long nanos) {
        return nanos - startNanos >= 0 && nanos - endNanos < 0;
    }

    boolean isOver(long nanos) {
        return nanos - endNanos >= 0;
    }

    /** When the first request is due. */
    long openedNanos() {
        return openedNanos;
    }

    long startNanos() {
        return startNanos;
    }

    long endNanos() {
        return endNanos;
    }

    void endAt(long nanos) {
        endNanos = nanos;
    }
}
