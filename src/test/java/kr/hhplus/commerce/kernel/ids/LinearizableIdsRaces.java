package kr.hhplus.commerce.kernel.ids;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Ids drawn by several threads in one millisecond: every interleaving gives each the next one. */
public class LinearizableIdsRaces {

    private final Ids ids = new Ids(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC), 1);

    @Operation
    public long next() {
        return ids.next();
    }

    @Test
    void areLinearizable() {
        new ModelCheckingOptions()
                .iterations(20)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(2)
                .check(LinearizableIdsRaces.class);
    }
}
