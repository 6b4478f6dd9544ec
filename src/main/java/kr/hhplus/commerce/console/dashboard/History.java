package kr.hhplus.commerce.console.dashboard;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The samples of the last ten minutes. There are gaps while no page was subscribed. */
final class History {

    static final int SAMPLES_MAX = 600;
    private static final long AGE_MILLIS_MAX = 600_000;

    private final Deque<Sample> samples = new ArrayDeque<>();

    synchronized void add(Sample sample) {
        samples.addLast(sample);
        while (samples.size() > SAMPLES_MAX || samples.getFirst().at() < sample.at() - AGE_MILLIS_MAX) {
            samples.removeFirst();
        }
    }

    /** Returns the samples, oldest first. */
    synchronized List<Sample> all() {
        return List.copyOf(samples);
    }

    /** Returns the newest sample; null if there is none. */
    synchronized Sample last() {
        return samples.peekLast();
    }
}
