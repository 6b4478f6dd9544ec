package kr.hhplus.commerce.testkit.servers;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;

/** What ends with the JVM of the tests, after its application contexts: those want their servers as they close. */
final class EndOfTests {

    /** Less than the 30 s after which surefire ends this JVM, whose children would then outlive it. */
    private static final int CLOSING_SECONDS_MAX = 20;

    private static final CountDownLatch CONTEXTS_CLOSED = new CountDownLatch(1);

    static {
        SpringApplication.getShutdownHandlers().add(CONTEXTS_CLOSED::countDown);
    }

    private EndOfTests() {}

    /** @return for {@link #forget} */
    static Thread close(Runnable server) {
        Thread closing = new Thread(() -> {
            try {
                CONTEXTS_CLOSED.await(CLOSING_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            server.run();
        });
        Runtime.getRuntime().addShutdownHook(closing);
        return closing;
    }

    /** No longer needed, unless this is the end. */
    static void forget(Thread closing) {
        try {
            Runtime.getRuntime().removeShutdownHook(closing);
        } catch (IllegalStateException e) {
            // It runs already, or soon.
        }
    }
}
