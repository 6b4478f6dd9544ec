package kr.hhplus.bench.baseline;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** Time-ordered ids and their text form. */
@Component
class PlainIds {

    private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final long EPOCH_MILLIS = 1_735_689_600_000L;

    private final AtomicLong last = new AtomicLong((System.currentTimeMillis() - EPOCH_MILLIS) << 22);

    long next() {
        return last.incrementAndGet();
    }

    static String text(long id) {
        char[] text = new char[13];
        long rest = id;
        for (int i = 12; i >= 0; i--) {
            text[i] = DIGITS[(int) (rest & 31)];
            rest >>>= 5;
        }
        return new String(text);
    }
}
