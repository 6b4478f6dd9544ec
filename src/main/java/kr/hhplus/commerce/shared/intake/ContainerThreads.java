package kr.hhplus.commerce.shared.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.coyote.ProtocolHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * The threads of the web container, for answers that become known elsewhere. Whoever brings a batch of them wakes one
 * thread and not hundreds, and a thread that wrote an answer does the container's part too.
 */
public final class ContainerThreads implements Executor, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ContainerThreads.class);
    private static final ThreadLocal<List<Runnable>> REST = new ThreadLocal<>();

    private final Queue<Runnable> brought = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean resting = new AtomicBoolean();
    private final Thread giver = new Thread(this::giveOut, "answers");
    private volatile ProtocolHandler container;
    private volatile boolean stopping;

    ContainerThreads() {
        giver.setDaemon(true);
        giver.start();
    }

    void belongTo(ProtocolHandler handler) {
        container = handler;
    }

    /** Runs it soon on one of the container's threads; where the application has stopped, on the caller's. */
    @Override
    public void execute(Runnable answer) {
        brought.add(answer);
        if (resting.compareAndSet(true, false)) {
            LockSupport.unpark(giver);
        } else if (stopping && !giver.isAlive()) {
            giveWhatIsThere();
        }
    }

    private void giveOut() {
        while (!stopping) {
            giveWhatIsThere();
            resting.set(true);
            if (brought.isEmpty() && !stopping) {
                LockSupport.park(this);
            }
            resting.set(false);
        }
        giveWhatIsThere();
    }

    private void giveWhatIsThere() {
        Runnable answer = brought.poll();
        while (answer != null) {
            give(answer);
            answer = brought.poll();
        }
    }

    private void give(Runnable answer) {
        ProtocolHandler handler = container;
        Executor threads = handler == null ? null : handler.getExecutor();
        try {
            if (threads != null) {
                threads.execute(() -> finish(answer));
                return;
            }
        } catch (RejectedExecutionException e) {
            log.debug("the container takes no more work", e);
        }
        finish(answer);
    }

    /** First the answer, with whatever locks that takes; then, without them, what the container has to do about it. */
    private static void finish(Runnable answer) {
        List<Runnable> rest = new ArrayList<>(1);
        REST.set(rest);
        runLogged(answer);
        REST.remove();
        rest.forEach(ContainerThreads::runLogged);
    }

    private static void runLogged(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            log.error("an answer could not be given", e);
        }
    }

    /** @return whether this thread does it in a moment, because it is writing an answer */
    static boolean takesOn(Runnable work) {
        List<Runnable> rest = REST.get();
        return rest != null && rest.add(work);
    }

    @Override
    public void destroy() {
        stopping = true;
        LockSupport.unpark(giver);
    }
}
