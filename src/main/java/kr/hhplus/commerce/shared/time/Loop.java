package kr.hhplus.commerce.shared.time;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * One step of work, again and again on its own thread: at once while there is more to do, after a pause else. A
 * failing step is repeated for ever, ever slower; each change of state is logged.
 */
public final class Loop implements SmartLifecycle {

    /** One piece of work; runs on the loop's thread only. */
    @FunctionalInterface
    public interface Step {

        /** @return whether there may be more to do right now */
        boolean run() throws Exception;
    }

    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final long BACKOFF_MILLIS_MAX = 5_000;

    private final String name;
    private final long pauseMillis;
    private final Step step;
    private final Runnable onFailure;
    private long backoffMillis;
    private CountDownLatch stopping;
    private Thread thread;

    /** @param onFailure called after each step that failed, on the loop's thread; must not throw */
    public Loop(String name, Duration pause, Step step, Runnable onFailure) {
        this.name = name;
        this.pauseMillis = Math.max(1, pause.toMillis());
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

    /** Ends after the step under way. Nothing is interrupted: an interrupt would close a file in mid-write. */
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

    /** After everything that takes requests, so that it stops when the last of them has been answered. */
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

    /** @return milliseconds to wait before the next one */
    private long runStep() {
        try {
            boolean more = step.run();
            if (backoffMillis > 0) {
                log.info("{} works again", name);
                backoffMillis = 0;
            }
            return more ? 0 : pauseMillis;
        } catch (Exception e) {
            if (backoffMillis == 0) {
                log.error("{} failed; it goes on trying", name, e);
            }
            backoffMillis = Math.min(BACKOFF_MILLIS_MAX, Math.max(pauseMillis, backoffMillis * 2));
            onFailure.run();
            return backoffMillis;
        }
    }
}
