package kr.hhplus.bench.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What is to be sent, in order. Shared by the threads of a load. */
public interface Shots {

    /** The next request, or null where there are no more. */
    Shot next();

    /** These, over and over. */
    static Shots around(List<Shot> shots) {
        Shot[] array = shots.toArray(Shot[]::new);
        AtomicLong sent = new AtomicLong();
        return () -> array[(int) (sent.getAndIncrement() % array.length)];
    }

    /** Each of these once. */
    static Shots once(List<Shot> shots) {
        Shot[] array = shots.toArray(Shot[]::new);
        AtomicLong sent = new AtomicLong();
        return () -> {
            long i = sent.getAndIncrement();
            return i < array.length ? array[(int) i] : null;
        };
    }
}
