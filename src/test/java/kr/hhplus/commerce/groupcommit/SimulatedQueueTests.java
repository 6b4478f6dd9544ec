package kr.hhplus.commerce.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import kr.hhplus.commerce.groupcommit.Simulation.Ending;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Several hundred simulated lives of a queue, and as many in which a classic bug is built in, to see that they would
 * be caught. Repeat one life with {@code -Dcommerce.simulation.seed=N}, other lives with {@code .seeds=N}.
 */
class SimulatedQueueTests {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(CommandQueue.class);

    @BeforeAll
    static void silenceTheExpected() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void restore() {
        LOG.setLevel(null);
    }

    @Test
    void keepsEveryPromiseInEveryLife() throws Exception {
        Long one = Long.getLong("commerce.simulation.seed");
        int lives = one != null ? 1 : Integer.getInteger("commerce.simulation.seeds", 500);
        Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
        List<Throwable> broken = live(one != null ? one : 1, lives, UnaryOperator.identity(), endings);
        assertThat(broken).isEmpty();
        if (one == null) {
            assertThat(endings).as("every ending is met").containsOnlyKeys(Ending.values());
        }
    }

    /** Bugs that an engine or a store can have, told by what they do. */
    enum Bug {
        /** A commit that failed is taken for one that happened. */
        ANSWERS_BEFORE_THE_COMMIT {
            @Override
            void commit(BatchStore.Batch<Integer, Integer> batch) {
                try {
                    batch.commit();
                } catch (IllegalStateException e) {
                    // As if the answer had been given before.
                }
            }
        },
        /** A commit that failed is tried again without asking. */
        RETRIES_WITHOUT_LOOKING_UP {
            @Override
            boolean isCommitted(BatchStore.Batch<Integer, Integer> batch) {
                return false;
            }
        },
        /** A statement's failure is swallowed, and what came before it is committed: 1205, then COMMIT. */
        COMMITS_AFTER_A_FAILURE {
            @Override
            void rollback(BatchStore.Batch<Integer, Integer> batch) {
                try {
                    batch.commit();
                } catch (IllegalStateException e) {
                    // Not even that.
                }
            }
        },
        /** Answers go to the wrong callers. */
        MIXES_UP_THE_ANSWERS {
            @Override
            List<Integer> decide(BatchStore.Batch<Integer, Integer> batch, List<Integer> commands) {
                List<Integer> answers = new java.util.ArrayList<>(batch.decide(commands));
                java.util.Collections.reverse(answers);
                return answers;
            }
        };

        List<Integer> decide(BatchStore.Batch<Integer, Integer> batch, List<Integer> commands) {
            return batch.decide(commands);
        }

        void commit(BatchStore.Batch<Integer, Integer> batch) {
            batch.commit();
        }

        void rollback(BatchStore.Batch<Integer, Integer> batch) {
            batch.rollback();
        }

        boolean isCommitted(BatchStore.Batch<Integer, Integer> batch) {
            return batch.isCommitted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void catchesEachClassicBug(Bug bug) throws Exception {
        assertThat(live(1, 40, store -> new Buggy(store, bug), new EnumMap<>(Ending.class)))
                .isNotEmpty()
                .allSatisfy(broken -> assertThat(broken).hasMessageContaining("seed "));
    }

    private static List<Throwable> live(
            long firstSeed, int lives, UnaryOperator<BatchStore<Integer, Integer>> sabotage, Map<Ending, Integer> sum)
            throws InterruptedException {
        Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (long seed = firstSeed; seed < firstSeed + lives; seed++) {
            Simulation life = new Simulation(seed, sabotage);
            threads.execute(() -> {
                try {
                    Map<Ending, Integer> endings = life.run();
                    synchronized (sum) {
                        endings.forEach((ending, count) -> sum.merge(ending, count, Integer::sum));
                    }
                } catch (Throwable e) {
                    broken.add(e);
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
        return List.copyOf(broken);
    }

    private record Buggy(BatchStore<Integer, Integer> store, Bug bug) implements BatchStore<Integer, Integer> {

        @Override
        public Batch<Integer, Integer> begin() {
            Batch<Integer, Integer> batch = store.begin();
            return new Batch<>() {
                @Override
                public List<Integer> decide(List<Integer> commands) {
                    return bug.decide(batch, commands);
                }

                @Override
                public void commit() {
                    bug.commit(batch);
                }

                @Override
                public void rollback() {
                    bug.rollback(batch);
                }

                @Override
                public boolean isCommitted() {
                    return bug.isCommitted(batch);
                }
            };
        }

        @Override
        public Failure onFailure(RuntimeException failure) {
            return store.onFailure(failure);
        }

        @Override
        public boolean rolledBack(Throwable failure) {
            return store.rolledBack(failure);
        }
    }
}
