package kr.hhplus.commerce.testkit;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Whose turn it is. An instance that said it is leaving, or could not be reached, is left out for a moment. */
final class Turns {

    private static final long REST_NANOS = Duration.ofSeconds(2).toNanos();

    private final List<URI> bases;
    private final Map<URI, Long> restingSince = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    Turns(URI... bases) {
        this.bases = List.of(bases);
    }

    int size() {
        return bases.size();
    }

    /** The next one that does not rest; the next one all the same where all of them do. */
    URI next() {
        for (int i = 1; i < bases.size(); i++) {
            URI base = inTurn();
            Long since = restingSince.get(base);
            if (since == null || System.nanoTime() - since > REST_NANOS) {
                return base;
            }
        }
        return inTurn();
    }

    private URI inTurn() {
        return bases.get(Math.floorMod(turn.getAndIncrement(), bases.size()));
    }

    void rest(URI base) {
        restingSince.put(base, System.nanoTime());
    }
}
