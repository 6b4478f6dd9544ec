package kr.hhplus.bench.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The requests of a load, in order. Shared by its threads. */
public interface Shots {

    /** The next request, or null at the end. */
    Shot next();

    /** Repeats the requests. */
    static Shots around(List<Shot> shots) {
        Shot[] array = shots.toArray(Shot[]::new);
        AtomicLong sent = new AtomicLong();
        return () -> array[(int) (sent.getAndIncrement() % array.length)];
    }

    /** Sends each request once. */
    static Shots once(List<Shot> shots) {
        Shot[] array = shots.toArray(Shot[]::new);
        AtomicLong sent = new AtomicLong();
        return () -> {
            long i = sent.getAndIncrement();
            return i < array.length ? array[(int) i] : null;
        };
    }
}
