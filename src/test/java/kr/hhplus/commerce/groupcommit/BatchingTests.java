package kr.hhplus.commerce.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** One row of commands, cut into batches in any way. */
class BatchingTests {

    private static final int STOCK = 50;

    /** A product of which commands buy pieces: a piece more than there is, and the command buys none. */
    private static final class Shop implements BatchStore<Integer, String> {
        private final Set<Integer> contendedAttempts;
        private int stock = STOCK;
        private int attempts;

        Shop(Set<Integer> contendedAttempts) {
            this.contendedAttempts = contendedAttempts;
        }

        @Override
        public Batch<Integer, String> begin() {
            return new Batch<>() {
                private int left = stock;

                @Override
                public List<String> decide(List<Integer> commands) {
                    if (contendedAttempts.contains(attempts++)) {
                        throw new InMemoryStore.Contended();
                    }
                    List<String> answers = new ArrayList<>();
                    for (int pieces : commands) {
                        if (pieces < 0) {
                            throw new IllegalStateException("nobody buys less than nothing");
                        }
                        left -= pieces <= left ? pieces : 0;
                        answers.add(pieces + " of " + left);
                    }
                    return answers;
                }

                @Override
                public void commit() {
                    stock = left;
                }

                @Override
                public void rollback() {}

                @Override
                public boolean isCommitted() {
                    throw new AssertionError("no commit fails here");
                }
            };
        }

        @Override
        public Failure onFailure(RuntimeException failure) {
            return failure instanceof InMemoryStore.Contended ? Failure.CONTENDED : Failure.NOT_RETRYABLE;
        }
    }

    @Test
    void leadsToTheAnswersOfBatchesOfOne() {
        Seeded.check(500, random -> {
            List<Integer> commands = Seeded.list(random, 1, 60, () -> random.nextInt(-1, 13));
            List<Integer> batchSizes = Seeded.list(random, 1, 10, () -> random.nextInt(1, 21));
            Set<Integer> contendedAttempts = Set.copyOf(Seeded.list(random, 0, 10, () -> random.nextInt(31)));
            Shop apart = new Shop(Set.of());
            Shop together = new Shop(contendedAttempts);
            assertThat(decide(together, commands, batchSizes)).isEqualTo(decide(apart, commands, List.of(1)));
            assertThat(together.stock).isEqualTo(apart.stock);
        });
    }

    private static List<String> decide(Shop shop, List<Integer> commands, List<Integer> batchSizes) {
        GroupCommitProperties properties = new GroupCommitProperties(
                1,
                100,
                100,
                TestQueues.LIMITS.deadline(),
                11,
                java.time.Duration.ZERO,
                TestQueues.IDLE_MAX,
                TestQueues.LIMITS.setAsideMax(),
                TestQueues.LIMITS.drainTimeout());
        CompositeMeterRegistry registry = new CompositeMeterRegistry();
        CommandQueueMetrics metrics = new CommandQueueMetrics("test", registry, () -> 0);
        BatchCommitter<Integer, String> committer = new BatchCommitter<>(
                "test",
                shop,
                properties,
                metrics,
                new LockWaitList<>("test", CommandRows.unknown(), new LockedRows(null, registry), properties, metrics));
        List<PendingCommand<Integer, String>> all = commands.stream()
                .map(command -> PendingCommand.<Integer, String>of(
                        command, command, properties.deadline(), CommandTrace.start("test", ObservationRegistry.NOOP)))
                .toList();
        int from = 0;
        for (int i = 0; from < all.size(); i++) {
            int to = Math.min(all.size(), from + batchSizes.get(i % batchSizes.size()));
            committer.commit(all.subList(from, to));
            from = to;
        }
        return all.stream().map(PendingCommand::result).map(BatchingTests::tell).toList();
    }

    private static String tell(CompletableFuture<String> answer) {
        assertThat(answer).isDone();
        return answer.exceptionally(failure -> failure.getClass().getSimpleName())
                .join();
    }
}
