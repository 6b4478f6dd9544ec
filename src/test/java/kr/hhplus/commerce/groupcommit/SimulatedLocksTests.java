package kr.hhplus.commerce.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import kr.hhplus.commerce.groupcommit.CommitException.RowLocked;
import kr.hhplus.commerce.groupcommit.RowStore.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Lives of a queue, drawn from seeds, in which strangers lock and free rows at random. Repeat one with
 * {@code -Dcommerce.simulation.seed=N}, others with {@code .seeds=N}.
 */
class SimulatedLocksTests {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(CommandQueue.class);
    private static final int CLIENTS = 4;
    private static final int COMMANDS_PER_CLIENT = 60;
    private static final int USERS_PER_CLIENT = 3;
    private static final int ROWS = 6;

    @BeforeAll
    static void silenceTheExpected() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void restore() {
        LOG.setLevel(null);
    }

    private final Set<String> endings = ConcurrentHashMap.newKeySet();

    @Test
    void keepSomeSerialOrderAndThatOfEachUser() throws Exception {
        live(false);
        if (Long.getLong("commerce.simulation.seed") == null) {
            assertThat(endings).containsExactlyInAnyOrder("done", "RowLocked", "Overloaded");
        }
    }

    /** With deadlines so late that only progress ends a command. */
    @Test
    void holdBackNothingThatWantsFreeRowsOnly() throws Exception {
        live(true);
    }

    private void live(boolean lateDeadlines) throws Exception {
        Long one = Long.getLong("commerce.simulation.seed");
        long first = one != null ? one : 1;
        int lives = one != null ? 1 : Integer.getInteger("commerce.simulation.seeds", 120);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (long seed = first; seed < first + lives; seed++) {
            long mine = seed;
            all.add(threads.submit(() -> new Life(mine, lateDeadlines).run()));
        }
        for (Future<?> life : all) {
            life.get(2, TimeUnit.MINUTES);
        }
        threads.shutdown();
    }

    private final class Life {

        private final long seed;
        private final boolean lateDeadlines;
        private final SplittableRandom random;
        private final RowStore store;
        private final GroupCommitProperties properties;
        private final Map<Command, CompletableFuture<Map<Integer, Integer>>> answers = new ConcurrentHashMap<>();

        Life(long seed, boolean lateDeadlines) {
            this.seed = seed;
            this.lateDeadlines = lateDeadlines;
            this.random = new SplittableRandom(seed);
            this.store = new RowStore(TimeUnit.MICROSECONDS.toNanos(random.nextInt(200, 4_000)));
            this.properties = new GroupCommitProperties(
                    random.nextBoolean() ? 1 : 4,
                    random.nextInt(10, 200),
                    random.nextInt(1, 20),
                    lateDeadlines ? Duration.ofMinutes(5) : Duration.ofMillis(random.nextInt(20, 400)),
                    random.nextInt(0, 3),
                    Duration.ofNanos(1_000),
                    TestQueues.IDLE_MAX,
                    random.nextInt(1, 40),
                    Duration.ofSeconds(30));
        }

        void run() {
            CompositeMeterRegistry registry = new CompositeMeterRegistry();
            LockedRows lockedRows = new LockedRows(store, registry);
            CommandQueue<Command, Map<Integer, Integer>> queue = new CommandQueue<>(
                    "test", properties, store, store, lockedRows, null, ObservationRegistry.NOOP, registry);
            List<Thread> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                SplittableRandom choices = random.split();
                int mine = client;
                clients.add(new Thread(() -> submitAll(mine, choices, queue)));
            }
            SplittableRandom whims = random.split();
            Thread stranger = new Thread(() -> lockAndFree(whims, clients));
            clients.forEach(Thread::start);
            stranger.start();
            clients.forEach(Life::join);
            join(stranger);
            if (lateDeadlines) {
                awaitAllThatWantFreeRowsOnly(queue);
                store.unlockAll();
            }
            queue.close();
            lockedRows.close();
            check();
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private void submitAll(
                int client, SplittableRandom choices, CommandQueue<Command, Map<Integer, Integer>> queue) {
            for (int i = 0; i < COMMANDS_PER_CLIENT; i++) {
                Set<Integer> rows = new TreeSet<>();
                IntStream.range(0, choices.nextInt(1, 4)).forEach(unused -> rows.add(choices.nextInt(ROWS)));
                if (choices.nextInt(8) == 0) {
                    rows.add(RowStore.UNNAMED + choices.nextInt(2));
                }
                int user = client * USERS_PER_CLIENT + choices.nextInt(USERS_PER_CLIENT);
                String key = choices.nextInt(3) == 0 ? "key " + client + choices.nextInt(3) : null;
                Command command = new Command(client * COMMANDS_PER_CLIENT + i, user, rows, key);
                answers.put(command, queue.submit(command));
                if (choices.nextInt(3) == 0) {
                    LockSupport.parkNanos(choices.nextInt(1_000_000));
                }
            }
        }

        private void lockAndFree(SplittableRandom whims, List<Thread> clients) {
            if (lateDeadlines) {
                IntStream.range(0, ROWS).forEach(store::lock);
            }
            while (clients.stream().anyMatch(Thread::isAlive)) {
                int row = whims.nextInt(10) == 0 ? RowStore.UNNAMED + whims.nextInt(2) : whims.nextInt(ROWS);
                if (whims.nextBoolean()) {
                    store.lock(row);
                } else {
                    store.unlock(row);
                }
                LockSupport.parkNanos(whims.nextInt(3_000_000));
            }
            if (lateDeadlines) {
                IntStream.range(0, ROWS).forEach(store::lock);
                LockSupport.parkNanos(whims.nextInt(30_000_000));
                IntStream.range(0, ROWS).filter(row -> whims.nextBoolean()).forEach(store::unlock);
            } else if (whims.nextBoolean()) {
                store.unlockAll();
            }
        }

        private void awaitAllThatWantFreeRowsOnly(CommandQueue<Command, Map<Integer, Integer>> queue) {
            Set<Object> heldBack = new HashSet<>();
            answers.keySet().stream()
                    .sorted(Comparator.comparingInt(Command::id))
                    .forEach(command -> {
                        Set<Object> sequence = store.orderingKeysOf(command);
                        if (command.rows().stream().anyMatch(store::isLocked)
                                || sequence.stream().anyMatch(heldBack::contains)) {
                            heldBack.addAll(sequence);
                        } else {
                            awaitEnd(command);
                        }
                    });
            IntStream.range(0, ROWS).filter(row -> !store.isLocked(row)).forEach(row -> {
                int id = CLIENTS * COMMANDS_PER_CLIENT + row;
                Command late = new Command(id, id, Set.of(row), null);
                answers.put(late, queue.submit(late));
                awaitEnd(late);
            });
        }

        private void awaitEnd(Command command) {
            try {
                answers.get(command).handle((answer, failure) -> failure).get(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("seed " + seed + ": " + command + " wants free rows only", e);
            }
        }

        private void check() {
            String life = "seed " + seed + ": ";
            List<Command> log = store.log();
            assertThat(new HashSet<>(log)).as(life + "nothing is done twice").hasSameSizeAs(log);
            Map<Integer, Integer> counts = new HashMap<>();
            for (Command command : log) {
                Map<Integer, Integer> expected = new HashMap<>();
                command.rows().forEach(row -> expected.put(row, counts.merge(row, 1, Integer::sum)));
                assertThat(answers.get(command))
                        .as(life + "answers are those of the commands in a row, one after the other")
                        .isCompletedWithValue(expected);
            }
            answers.forEach((command, answer) -> {
                assertThat(answer).as(life + command + " is answered").isDone();
                if (answer.isCompletedExceptionally()) {
                    Throwable why = answer.handle((value, failure) -> failure).join();
                    assertThat(why).as(life + command).isInstanceOfAny(RowLocked.class, Overloaded.class);
                    assertThat(log).as(life + "a refusal has no effect").doesNotContain(command);
                    endings.add(why.getClass().getSimpleName());
                } else {
                    assertThat(log).as(life + "nothing is lost").contains(command);
                    endings.add("done");
                }
            });
            if (properties.writers() == 1) {
                Map<Object, Integer> lastOf = new HashMap<>();
                for (Command command : log) {
                    for (Object value : store.orderingKeysOf(command)) {
                        Integer before = lastOf.put(value, command.id());
                        assertThat(before == null || before < command.id())
                                .as(life + command + " comes after " + before + " of " + value)
                                .isTrue();
                    }
                }
            }
        }
    }
}
