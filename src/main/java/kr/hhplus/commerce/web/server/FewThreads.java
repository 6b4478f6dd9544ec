package kr.hhplus.commerce.web.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work for a pool of threads, done by as few as keep up: one that is awake takes the next task. Another one joins
 * while there are fewer than a few, and for each tick for which something has waited.
 */
final class FewThreads implements Executor {

    private static final Logger log = LoggerFactory.getLogger(FewThreads.class);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Executor pool;
    private final int few;
    private final int max;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong brought = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicBoolean resting = new AtomicBoolean();
    private final Thread watch;
    private volatile boolean stopping;

    /**
     * @param few how many take tasks as long as those come along; at least 1
     * @param max how many threads the pool has
     */
    FewThreads(String name, Executor pool, int few, int max) {
        this.pool = pool;
        this.few = Math.min(few, max);
        this.max = max;
        this.watch = new Thread(this::watch, name);
        watch.setDaemon(true);
        watch.start();
    }

    /** @throws RejectedExecutionException where the pool takes nothing any more */
    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        brought.incrementAndGet();
        try {
            if (!join(few) && resting.compareAndSet(true, false)) {
                LockSupport.unpark(watch);
            }
        } catch (RejectedExecutionException e) {
            if (waiting.remove(task)) {
                taken.incrementAndGet();
                throw e;
            }
        }
    }

    /** @return whether one more thread is about to take tasks */
    private boolean join(int most) {
        int n = atWork.get();
        while (n < most) {
            if (atWork.compareAndSet(n, n + 1)) {
                try {
                    pool.execute(this::work);
                    return true;
                } catch (RejectedExecutionException e) {
                    atWork.decrementAndGet();
                    throw e;
                }
            }
            n = atWork.get();
        }
        return false;
    }

    private void work() {
        do {
            for (Runnable task = take(); task != null; task = take()) {
                runLogged(task);
            }
            atWork.decrementAndGet();
            // Whoever brought something a moment ago may have counted on this thread.
        } while (!waiting.isEmpty() && comeBack());
    }

    private boolean comeBack() {
        int n = atWork.get();
        while (n < few) {
            if (atWork.compareAndSet(n, n + 1)) {
                return true;
            }
            n = atWork.get();
        }
        return false;
    }

    private Runnable take() {
        Runnable task = waiting.poll();
        if (task != null) {
            taken.incrementAndGet();
        }
        return task;
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("a task of the web container failed", e);
        }
    }

    private void watch() {
        while (!stopping) {
            long sofar = brought.get();
            LockSupport.parkNanos(this, TICK_NANOS);
            if (taken.get() < sofar) {
                joinQuietly();
            }
            if (waiting.isEmpty()) {
                resting.set(true);
                if (waiting.isEmpty() && !stopping) {
                    LockSupport.park(this);
                }
                resting.set(false);
            }
        }
    }

    private void joinQuietly() {
        try {
            join(max);
        } catch (RejectedExecutionException e) {
            log.debug("the container takes no more work", e);
        }
    }

    void stop() {
        stopping = true;
        LockSupport.unpark(watch);
    }
}
