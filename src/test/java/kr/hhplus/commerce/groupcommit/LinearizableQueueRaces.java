package kr.hhplus.commerce.groupcommit;

import java.util.List;
import java.util.function.LongSupplier;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** A counter that is changed through a queue by several threads: as if each change had happened at one instant. */
public class LinearizableQueueRaces {

    private static final CommandQueue<LongSupplier, Long> QUEUE = TestQueues.open(new Unlogged(), TestQueues.LIMITS);

    private long counter;

    @Operation
    public long add(@Param(gen = IntGen.class) int amount) {
        return QUEUE.submit(() -> counter += amount).join();
    }

    @Operation
    public long read() {
        return QUEUE.submit(() -> counter).join();
    }

    @Test
    void isLinearizable() {
        new StressOptions()
                .iterations(5)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(2)
                .check(LinearizableQueueRaces.class);
    }

    /** Commands that change memory as they are decided, and never fail. */
    private static final class Unlogged implements BatchStore<LongSupplier, Long> {
        @Override
        public Batch<LongSupplier, Long> begin() {
            return new Batch<>() {
                @Override
                public List<Long> decide(List<LongSupplier> commands) {
                    return commands.stream().map(LongSupplier::getAsLong).toList();
                }

                @Override
                public void commit() {}

                @Override
                public void rollback() {}

                @Override
                public boolean isCommitted() {
                    return true;
                }
            };
        }

        @Override
        public Failure onFailure(RuntimeException failure) {
            return Failure.NOT_RETRYABLE;
        }
    }
}
