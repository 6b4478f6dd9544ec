package kr.hhplus.commerce.web.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.coyote.ProtocolHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the web container, for answers that become known elsewhere. The thread that writes an answer does what
 * the container has to do about it too: a second one would have to be woken.
 */
public final class ContainerThreads implements Executor {

    private static final Logger log = LoggerFactory.getLogger(ContainerThreads.class);
    private static final ThreadLocal<List<Runnable>> REST = new ThreadLocal<>();

    private volatile ProtocolHandler container;

    ContainerThreads() {}

    void belongTo(ProtocolHandler handler) {
        container = handler;
    }

    /** Runs it soon on one of the container's threads; where the container has stopped, now on the caller's. */
    @Override
    public void execute(Runnable answer) {
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
}
