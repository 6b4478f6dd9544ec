package kr.hhplus.commerce.console.dashboard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The samples of the last ten minutes; none where no page was subscribed. */
final class History {

    static final int KEPT_MAX = 600;
    private static final long AGE_MILLIS_MAX = 600_000;

    private final Deque<Sample> samples = new ArrayDeque<>();

    synchronized void add(Sample sample) {
        samples.addLast(sample);
        while (samples.size() > KEPT_MAX || samples.getFirst().at() < sample.at() - AGE_MILLIS_MAX) {
            samples.removeFirst();
        }
    }

    /** The oldest first. */
    synchronized List<Sample> all() {
        return List.copyOf(samples);
    }

    /** Null where there is none yet. */
    synchronized Sample last() {
        return samples.peekLast();
    }
}
