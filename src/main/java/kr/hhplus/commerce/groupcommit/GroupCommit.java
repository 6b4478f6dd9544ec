package kr.hhplus.commerce.groupcommit;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kr.hhplus.commerce.groupcommit.CommitException.Busy;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;

/**
 * One lane: callers put commands into a bounded queue, a few writer threads take whatever waits there and hand it to
 * the store as one batch, and every caller gets the answer to its own command after the commit.
 *
 * <p>The idea: a batch pays once for its row locks, round trips and forced write, so the busier the lane, the cheaper
 * each command. A writer never waits for a batch to fill. The price: a command shares the fate of its neighbours for
 * an attempt. A batch in somebody's way is tried again, and one that keeps failing is split until the command that
 * poisons it stands alone. Commands that want a row which another session holds are set aside until it is free.
 *
 * <p>Guarantees: a command is answered only after its effect is committed; one refused here (queue full,
 * deadline passed, lane closed) has had none; none is applied twice, because a commit that failed is looked up before
 * anything is tried again, unless the store says that it was rolled back; none is lost at {@link #close()}. The store
 * owes that a batch of N decides as N batches of one in the same order would; callers, that what they hang on an
 * answer is short: it runs on the writer's thread.
 */
public final class GroupCommit<C, R> implements AutoCloseable {

    private static final long IDLE_POLL_MILLIS = 100;

    /** While commands are set aside, which nothing but the next turn of a writer takes up again. */
    private static final long SET_ASIDE_POLL_MILLIS = 10;

    private final String name;
    private final GroupCommitProperties properties;
    private final BlockingQueue<PendingCommand<C, R>> queue;
    private final BatchCommitter<C, R> committer;
    private final SetAside<C, R> setAside;
    private final AdmissionPolicy admission;
    private final CommandQueueMetrics metrics;
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean closing;

    /** Starts the lane's writers. The name shows in thread names and as the metrics' tag {@code lane}. */
    public GroupCommit(String name, GroupCommitProperties properties, BatchStore<C, R> store, MeterRegistry registry) {
        this(name, properties, store, CommandRows.unknown(), new LockedRows(null, registry), null, registry);
    }

    /** @param admission asked before each command is queued; null: everything may enter */
    GroupCommit(
            String name,
            GroupCommitProperties properties,
            BatchStore<C, R> store,
            CommandRows<C> rows,
            LockedRows locked,
            AdmissionPolicy admission,
            MeterRegistry registry) {
        this.name = name;
        this.properties = properties;
        this.queue = new ArrayBlockingQueue<>(properties.queueMax());
        this.admission = admission;
        this.metrics = new CommandQueueMetrics(name, registry, queue::size);
        this.setAside = new SetAside<>(name, rows, locked, properties, metrics);
        metrics.setAside(setAside::size);
        this.committer = new BatchCommitter<>(store, properties, metrics, setAside);
        for (int i = 0; i < properties.writers(); i++) {
            Thread writer = new Thread(this::write, "commit-" + name + "-" + i);
            writers.add(writer);
            writer.start();
        }
    }

    /**
     * Hands a command to the writers, if it may enter, and returns at once.
     *
     * @return the answer, after its commit; or, exceptionally, a {@link CommitException}, whose kind says whether
     *     anything can have happened
     */
    public CompletableFuture<R> submit(C command) {
        if (admission == null) {
            return enqueue(command);
        }
        Runnable leave = admission.admit(name, command);
        if (leave == null) {
            return CompletableFuture.failedFuture(new Busy("another command of the same caller is in " + name));
        }
        return enqueue(command).whenComplete((answer, failure) -> leave.run());
    }

    private CompletableFuture<R> enqueue(C command) {
        PendingCommand<C, R> pending = PendingCommand.of(command, properties.deadline());
        if (closing) {
            return refused(pending, name + " is stopping");
        }
        if (!queue.offer(pending)) {
            return refused(pending, name + " has " + properties.queueMax() + " commands waiting");
        }
        if (closing && queue.remove(pending)) {
            return refused(pending, name + " is stopping");
        }
        return pending.answer();
    }

    private CompletableFuture<R> refused(PendingCommand<C, R> pending, String why) {
        metrics.refused();
        pending.fail(new Overloaded(why));
        return pending.answer();
    }

    /** Takes no more commands, finishes those accepted within the limit {@code drain}, and refuses what is left. */
    @Override
    public void close() {
        closing = true;
        long end = System.nanoTime() + properties.drainTimeout().toNanos();
        boolean interrupted = false;
        for (Thread writer : writers) {
            interrupted |= !joinUntil(writer, end);
        }
        List<PendingCommand<C, R>> left = new ArrayList<>();
        setAside.drainTo(left);
        queue.drainTo(left);
        left.forEach(pending -> refused(pending, name + " has stopped"));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean joinUntil(Thread writer, long end) {
        try {
            writer.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void write() {
        List<PendingCommand<C, R>> batch = new ArrayList<>(properties.batchMax());
        while (!(closing && queue.isEmpty() && setAside.isEmpty())) {
            try {
                setAside.takeReady(batch, properties.batchMax());
                if (batch.isEmpty()) {
                    long millis = setAside.isEmpty() ? IDLE_POLL_MILLIS : SET_ASIDE_POLL_MILLIS;
                    PendingCommand<C, R> first = queue.poll(millis, TimeUnit.MILLISECONDS);
                    if (first == null) {
                        committer.rest();
                        continue;
                    }
                    batch.add(first);
                }
                queue.drainTo(batch, properties.batchMax() - batch.size());
                committer.commit(batch);
            } catch (InterruptedException e) {
                // Nobody but a dying process interrupts a writer: finish what was accepted, then stop.
                closing = true;
            } finally {
                batch.clear();
            }
        }
        committer.rest();
    }
}
