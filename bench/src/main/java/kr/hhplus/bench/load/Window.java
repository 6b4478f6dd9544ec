package kr.hhplus.bench.load;

/** When is measured, in {@link System#nanoTime}: what was to be sent, or was answered, from start to end counts. */
final class Window {

    final long startNanos;
    private volatile long endNanos;

    Window(long startNanos, long endNanos) {
        this.startNanos = startNanos;
        this.endNanos = endNanos;
    }

    boolean contains(long nanos) {
        return nanos - startNanos >= 0 && nanos - endNanos < 0;
    }

    boolean isOver(long nanos) {
        return nanos - endNanos >= 0;
    }

    long endNanos() {
        return endNanos;
    }

    void endAt(long nanos) {
        endNanos = nanos;
    }
}
