package kr.hhplus.commerce.groupcommit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import kr.hhplus.commerce.groupcommit.CommitException.Busy;
import kr.hhplus.commerce.groupcommit.CommitException.Overloaded;
import org.jspecify.annotations.Nullable;

/**
 * A command queue with group commit: writer threads take the commands that wait in a bounded queue, and the store
 * decides and commits them as one batch.
 *
 * <p>A batch pays once for its row locks, round trips and disk flush, so a command gets cheaper as load rises. A writer
 * never waits for a batch to fill. The price: a command shares an attempt with its neighbours. A conflicting batch is
 * retried with backoff; a batch that keeps failing is split until the failing command is isolated. Commands that want a
 * row which another session holds are set aside until the row is free.
 *
 * <p>A result is delivered after its commit. A rejected command (queue full, deadline passed, queue closed) has no
 * effect. No command is applied twice: after a failed commit its outcome is looked up before a retry.
 * {@link #close()} loses no accepted command.
 *
 * <p>Callbacks run on the writer thread and must not block. The store must decide a batch of N exactly as N batches of
 * one in the same order.
 *
 * <p>The classes of this package log under the name of this class, so that one log level covers group commit.
 *
 * @param <C> the command
 * @param <R> its result
 */
public final class CommandQueue<C, R> implements AutoCloseable {

    private static final long IDLE_POLL_MILLIS = 100;

    /** Only a writer's next turn takes up commands that are set aside, so turns come sooner while there are any. */
    private static final long SET_ASIDE_POLL_MILLIS = 10;

    private final String name;
    private final GroupCommitProperties properties;
    private final BlockingQueue<PendingCommand<C, R>> commands;
    private final BatchCommitter<C, R> committer;
    private final LockWaitList<C, R> lockWaitList;
    private final @Nullable AdmissionPolicy admissionPolicy;
    private final ObservationRegistry observations;
    private final CommandQueueMetrics metrics;
    private final AtomicLong commandIds = new AtomicLong();
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean closing;

    /**
     * Starts the writers.
     *
     * @param name appears in thread names, in log lines and as the metrics' tag {@code queue}
     * @param admissionPolicy asked before each command is queued; null admits every command
     */
    CommandQueue(
            String name,
            GroupCommitProperties properties,
            BatchStore<C, R> store,
            CommandRows<C> rows,
            LockedRows lockedRows,
            @Nullable AdmissionPolicy admissionPolicy,
            ObservationRegistry observations,
            MeterRegistry registry) {
        this.name = name;
        this.properties = properties;
        this.commands = new ArrayBlockingQueue<>(properties.queueMax());
        this.admissionPolicy = admissionPolicy;
        this.observations = observations;
        this.metrics = new CommandQueueMetrics(name, registry, commands::size);
        this.lockWaitList = new LockWaitList<>(name, rows, lockedRows, properties, metrics);
        metrics.setAside(lockWaitList::size);
        this.committer = new BatchCommitter<>(name, store, properties, metrics, lockWaitList);
        for (int i = 0; i < properties.writers(); i++) {
            Thread writer = new Thread(this::runWriter, "commit-" + name + "-" + i);
            writers.add(writer);
            writer.start();
        }
    }

    /**
     * Queues a command and returns at once.
     *
     * @return completes with the result after its commit, or exceptionally with a {@link CommitException}, whose type
     *     says whether the command can have had an effect
     */
    public CompletableFuture<R> submit(C command) {
        if (admissionPolicy == null) {
            return enqueue(command);
        }
        Runnable release = admissionPolicy.admit(name, command);
        if (release == null) {
            return CompletableFuture.failedFuture(new Busy("another command of the same caller is in " + name));
        }
        return enqueue(command).whenComplete((result, failure) -> release.run());
    }

    private CompletableFuture<R> enqueue(C command) {
        PendingCommand<C, R> pending = PendingCommand.of(
                commandIds.incrementAndGet(), command, properties.deadline(), CommandTrace.start(name, observations));
        if (closing) {
            return reject(pending, name + " is stopping");
        }
        if (!commands.offer(pending)) {
            return reject(pending, name + " has " + properties.queueMax() + " commands waiting");
        }
        if (closing && commands.remove(pending)) {
            return reject(pending, name + " is stopping");
        }
        return pending.result();
    }

    private CompletableFuture<R> reject(PendingCommand<C, R> pending, String why) {
        metrics.rejected();
        pending.fail(new Overloaded(why));
        return pending.result();
    }

    /** Rejects new commands, finishes the accepted ones within {@code drainTimeout}, and rejects the rest. */
    @Override
    public void close() {
        closing = true;
        long end = System.nanoTime() + properties.drainTimeout().toNanos();
        boolean interrupted = false;
        for (Thread writer : writers) {
            interrupted |= !joinUntil(writer, end);
        }
        List<PendingCommand<C, R>> unfinished = new ArrayList<>();
        lockWaitList.drainTo(unfinished);
        commands.drainTo(unfinished);
        unfinished.forEach(pending -> reject(pending, name + " has stopped"));
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

    private void runWriter() {
        List<PendingCommand<C, R>> batch = new ArrayList<>(properties.batchMax());
        while (!(closing && commands.isEmpty() && lockWaitList.isEmpty())) {
            try {
                lockWaitList.takeReady(batch, properties.batchMax());
                if (batch.isEmpty()) {
                    long millis = lockWaitList.isEmpty() ? IDLE_POLL_MILLIS : SET_ASIDE_POLL_MILLIS;
                    PendingCommand<C, R> first = commands.poll(millis, TimeUnit.MILLISECONDS);
                    if (first == null) {
                        continue;
                    }
                    batch.add(first);
                }
                commands.drainTo(batch, properties.batchMax() - batch.size());
                committer.commit(batch);
            } catch (InterruptedException e) {
                // Only a dying process interrupts a writer: finish the accepted commands, then stop.
                closing = true;
            } finally {
                batch.clear();
            }
        }
    }
}
