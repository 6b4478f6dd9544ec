package kr.hhplus.commerce.groupcommit;

import java.util.List;
import java.util.function.LongSupplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** A counter that is changed through a lane by several threads: as if each change had happened at one instant. */
public class LinearizableLaneRaces {

    private static final GroupCommit<LongSupplier, Long> LANE = TestLanes.open(new Unlogged(), TestLanes.LIMITS);

    private long counter;

    @Operation
    public long add(@Param(gen = IntGen.class) int amount) {
        return LANE.submit(() -> counter += amount).join();
    }

    @Operation
    public long read() {
        return LANE.submit(() -> counter).join();
    }

    @Test
    void isLinearizable() {
        new StressOptions()
                .iterations(5)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(2)
                .check(LinearizableLaneRaces.class);
    }

    /** Commands that change memory as they are decided, and never fail. */
    private static final class Unlogged implements BatchStore<LongSupplier, Long> {
        @Override
        public Batch<LongSupplier, Long> begin() {
            return new Batch<>() {
                @Override
                public List<Long> apply(List<LongSupplier> commands) {
                    return commands.stream().map(LongSupplier::getAsLong).toList();
                }

                @Override
                public void commit() {}

                @Override
                public void rollback() {}

                @Override
                public boolean committed() {
                    return true;
                }
            };
        }

        @Override
        public Failure classify(RuntimeException failure) {
            return Failure.POISONED;
        }
    }
}
