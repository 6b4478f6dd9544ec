package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.TestQueues.open;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * One life of a queue, drawn from a seed: clients that submit, writers, a store with faults of every kind, and a stop
 * at the end or in the midst of it. Afterwards every answer is held against what the store has.
 */
final class Simulation {

    enum Ending {
        SUCCESS,
        OVERLOADED,
        UNAVAILABLE,
        FAILED,
        UNKNOWN_AND_APPLIED,
        UNKNOWN_AND_NOT
    }

    private static final int CLIENTS = 4;
    private static final int COMMANDS_PER_CLIENT = 40;

    private final long seed;
    private final InMemoryStore store;
    private final BatchStore<Integer, Integer> seen;
    private final GroupCommitProperties properties;
    private final boolean stopsEarly;
    private final Map<Integer, CompletableFuture<Integer>> answers = new ConcurrentHashMap<>();

    /** @param sabotage what stands between the engine and the store; identity where nothing is to go wrong */
    Simulation(long seed, UnaryOperator<BatchStore<Integer, Integer>> sabotage) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        this.store = new InMemoryStore(new RandomFaults(random.split()));
        this.seen = sabotage.apply(store);
        this.properties = new GroupCommitProperties(
                random.nextInt(1, 4),
                random.nextInt(4, 60),
                random.nextInt(1, 20),
                Duration.ofMillis(random.nextInt(5, 200)),
                random.nextInt(0, 4),
                Duration.ofNanos(1_000),
                TestQueues.IDLE_MAX,
                100,
                Duration.ofSeconds(30));
        this.stopsEarly = random.nextInt(4) == 0;
    }

    /** Runs to the end and counts how commands ended, or throws, naming the seed and every broken promise. */
    Map<Ending, Integer> run() {
        CommandQueue<Integer, Integer> queue = open(seen, properties);
        List<Thread> clients = IntStream.range(0, CLIENTS)
                .mapToObj(client -> new Thread(() -> submitAll(client, queue)))
                .toList();
        clients.forEach(Thread::start);
        if (stopsEarly) {
            queue.close();
        }
        clients.forEach(Simulation::join);
        queue.close();
        return check();
    }

    private void submitAll(int client, CommandQueue<Integer, Integer> queue) {
        SplittableRandom random = new SplittableRandom(seed * CLIENTS + client);
        for (int i = 0; i < COMMANDS_PER_CLIENT; i++) {
            int command = client * COMMANDS_PER_CLIENT + i;
            answers.put(command, queue.submit(command));
            if (random.nextInt(4) == 0) {
                LockSupport.parkNanos(random.nextInt(100_000));
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<Ending, Integer> check() {
        List<Integer> log = store.committedLog();
        List<String> broken = new ArrayList<>();
        Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
        answers.forEach((command, answer) -> {
            int applied = Collections.frequency(log, command);
            if (!answer.isDone()) {
                broken.add(command + " was never answered");
                return;
            }
            Ending ending = endingOf(answer, applied);
            endings.merge(ending, 1, Integer::sum);
            switch (ending) {
                case SUCCESS -> {
                    int place = answer.join();
                    if (applied != 1 || place > log.size() || !command.equals(log.get(place - 1))) {
                        broken.add(command + " was told place " + place + " and applied " + applied + " times");
                    }
                }
                case OVERLOADED, UNAVAILABLE, FAILED -> {
                    if (applied != 0) {
                        broken.add(command + " was told " + ending + " and applied " + applied + " times");
                    }
                }
                case UNKNOWN_AND_APPLIED, UNKNOWN_AND_NOT -> {
                    if (applied > 1) {
                        broken.add(command + " of unknown outcome was applied " + applied + " times");
                    }
                }
            }
        });
        if (answers.size() != CLIENTS * COMMANDS_PER_CLIENT || !broken.isEmpty()) {
            throw new AssertionError("seed " + seed + ", " + answers.size() + " submitted: " + broken);
        }
        return endings;
    }

    private static Ending endingOf(CompletableFuture<Integer> answer, int applied) {
        try {
            answer.join();
            return Ending.SUCCESS;
        } catch (CompletionException e) {
            if (e.getCause() instanceof CommitException.Overloaded) {
                return Ending.OVERLOADED;
            } else if (e.getCause() instanceof CommitException.Unavailable) {
                return Ending.UNAVAILABLE;
            } else if (e.getCause() instanceof CommitException.Failed) {
                return Ending.FAILED;
            }
            return applied > 0 ? Ending.UNKNOWN_AND_APPLIED : Ending.UNKNOWN_AND_NOT;
        }
    }

    /** Faults by the dice. Poison is a property of the command, so that it fails whatever batch it is in. */
    private static final class RandomFaults implements InMemoryStore.Faults {
        private final SplittableRandom random;
        private final AtomicInteger outOfReach = new AtomicInteger();

        RandomFaults(SplittableRandom random) {
            this.random = random;
        }

        private synchronized boolean oneIn(int n) {
            return random.nextInt(n) == 0;
        }

        private synchronized int below(int n) {
            return random.nextInt(n);
        }

        private void reach() {
            if (outOfReach.getAndUpdate(calls -> Math.max(0, calls - 1)) > 0) {
                throw new InMemoryStore.Unreachable();
            }
            if (oneIn(40)) {
                outOfReach.set(below(12));
            }
        }

        @Override
        public void onBegin() {
            reach();
        }

        @Override
        public void onApply(List<Integer> commands) {
            if (commands.stream().anyMatch(command -> command % 37 == 13)) {
                throw new IllegalStateException("poison");
            }
            switch (below(24)) {
                case 0 -> throw new InMemoryStore.Contended();
                case 1 -> throw new InMemoryStore.Unreachable();
                case 2 -> throw new StackOverflowError();
                case 3 -> LockSupport.parkNanos(below(3_000_000));
                default -> {}
            }
        }

        @Override
        public InMemoryStore.CommitFault onCommit() {
            return switch (below(20)) {
                case 0 -> InMemoryStore.CommitFault.BEFORE;
                case 1 -> InMemoryStore.CommitFault.AFTER;
                case 2 -> InMemoryStore.CommitFault.UNDER_WAY;
                case 3 -> InMemoryStore.CommitFault.ROLLED_BACK;
                default -> InMemoryStore.CommitFault.NONE;
            };
        }

        @Override
        public void onLookUp() {
            reach();
            if (oneIn(3)) {
                throw new InMemoryStore.Unreachable();
            }
        }
    }
}
