package kr.hhplus.commerce.kernel.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Repeats a step on its own thread: at once while there is more to do, otherwise after a pause. A failed step is
 * retried without limit, with backoff. Each change between success and failure is logged.
 */
public final class BackgroundTask implements SmartLifecycle {

    /** One piece of work. It runs on the task's thread only. */
    @FunctionalInterface
    public interface Step {

        /**
         * Runs the step once.
         *
         * @return whether there may be more to do at once
         */
        boolean run() throws Exception;
    }

    private static final Logger log = LoggerFactory.getLogger(BackgroundTask.class);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);

    private final String name;
    private final long pauseMillis;
    private final Backoff backoff;
    private final Step step;
    private final Runnable onFailure;
    private long backoffMillis;
    private CountDownLatch stopping;
    private Thread thread;

    /**
     * The pauses after failures. Each is twice the previous one. Half of it is random, so that instances do not retry
     * at the same time.
     *
     * @param min the first pause
     * @param max the longest pause
     */
    public record Backoff(Duration min, Duration max) {

        private long millisAfter(long before) {
            return Math.min(max.toMillis(), Math.max(min.toMillis(), before * 2));
        }
    }

    /** Creates a task that may have more to do at once. Its backoff starts with the pause. */
    public BackgroundTask(String name, Duration pause, Step step) {
        this(name, pause, new Backoff(pause, BACKOFF_MAX), step, () -> {});
    }

    /** Creates a task that runs once per pause. */
    public static BackgroundTask periodic(String name, Duration pause, Runnable work) {
        return new BackgroundTask(name, pause, () -> {
            work.run();
            return false;
        });
    }

    /**
     * Creates a task.
     *
     * @param onFailure runs after each failed step on the task's thread; must not throw
     */
    public BackgroundTask(String name, Duration pause, Backoff backoff, Step step, Runnable onFailure) {
        this.name = name;
        this.pauseMillis = Math.max(1, pause.toMillis());
        this.backoff = backoff;
        this.step = step;
        this.onFailure = onFailure;
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            CountDownLatch stop = new CountDownLatch(1);
            stopping = stop;
            thread = new Thread(() -> run(stop), name);
            thread.start();
        }
    }

    /**
     * Stops after the current step. Nothing is interrupted, because an interrupt would close a file in the middle of a
     * write.
     */
    @Override
    public synchronized void stop() {
        if (thread == null) {
            return;
        }
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    /**
     * The phase of a task is below that of the web server, so the task stops after the last request has its response.
     */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run(CountDownLatch stop) {
        try {
            while (stop.getCount() > 0) {
                long waitMillis = runStep();
                if (waitMillis > 0 && stop.await(waitMillis, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return milliseconds to wait before the next step */
    private long runStep() {
        try {
            boolean more = step.run();
            if (backoffMillis > 0) {
                log.info("{} succeeded after failures", name);
                backoffMillis = 0;
            }
            return more ? 0 : pauseMillis;
        } catch (Exception e) {
            if (backoffMillis == 0) {
                log.error("{} failed; retrying with backoff", name, e);
            }
            backoffMillis = Math.max(1, backoff.millisAfter(backoffMillis));
            onFailure.run();
            return backoffMillis - ThreadLocalRandom.current().nextLong(backoffMillis / 2 + 1);
        }
    }
}
