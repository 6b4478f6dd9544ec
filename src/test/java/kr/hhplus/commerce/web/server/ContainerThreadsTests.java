package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.coyote.http11.Http11NioProtocol;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContainerThreadsTests {

    private static final String CONTAINERS = "containers";

    private final ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, CONTAINERS));
    private final ContainerThreads threads = new ContainerThreads();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void belongToAContainer() {
        Http11NioProtocol container = new Http11NioProtocol();
        container.setExecutor(pool);
        threads.belongTo(container);
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private void awaitSeen(String... expected) {
        Awaitility.await().untilAsserted(() -> assertThat(seen).containsExactly(expected));
    }

    private void see(String what) {
        seen.add(what + " on " + Thread.currentThread().getName());
    }

    @Test
    void writesAnAnswerAndTheRestOnOneThreadOfTheContainer() {
        CountDownLatch lockLetGo = new CountDownLatch(1);
        Object lock = new Object();
        threads.execute(() -> {
            synchronized (lock) {
                assertThat(ContainerThreads.takesOn(() -> {
                            see(Thread.holdsLock(lock) ? "rest under lock" : "rest");
                            lockLetGo.countDown();
                        }))
                        .isTrue();
                see("answer");
            }
        });
        awaitSeen("answer on " + CONTAINERS, "rest on " + CONTAINERS);
        assertThat(lockLetGo.getCount()).isZero();
    }

    @Test
    void takesNothingOnOutsideOfAnAnswer() throws Exception {
        assertThat(ContainerThreads.takesOn(() -> see("rest"))).isFalse();
        threads.execute(() -> see("answer"));
        awaitSeen("answer on " + CONTAINERS);
        assertThat(pool.submit(() -> ContainerThreads.takesOn(() -> see("rest")))
                        .get())
                .isFalse();
    }

    @Test
    void doesTheRestOfAnAnswerThatFailed() {
        threads.execute(() -> {
            ContainerThreads.takesOn(() -> see("rest"));
            throw new IllegalStateException("no answer");
        });
        threads.execute(() -> see("next"));
        Awaitility.await().untilAsserted(() -> assertThat(seen)
                .containsExactlyInAnyOrder("rest on " + CONTAINERS, "next on " + CONTAINERS));
    }

    @Test
    void givesWithoutTheContainerWhereThatHasStopped() {
        pool.shutdown();
        threads.execute(() -> see("answer"));
        assertThat(seen).containsExactly("answer on " + Thread.currentThread().getName());
    }
}
