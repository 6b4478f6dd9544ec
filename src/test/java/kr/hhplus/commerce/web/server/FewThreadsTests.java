package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FewThreadsTests {

    private static final int FEW = 2;
    private static final int MAX = 8;

    private final ExecutorService pool = Executors.newFixedThreadPool(MAX);
    private final AtomicInteger woken = new AtomicInteger();
    private final FewThreads threads = new FewThreads("watch", this::wake, FEW, MAX);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void stop() {
        end.countDown();
        threads.stop();
        pool.shutdownNow();
    }

    private void wake(Runnable work) {
        woken.incrementAndGet();
        pool.execute(work);
    }

    private void block() {
        begun.incrementAndGet();
        awaitQuietly(end);
    }

    @Test
    void wakesAFewThreadsForALotOfShortWork() {
        // Without its watch: on a busy machine something may wait for a tick.
        threads.stop();
        CountDownLatch begin = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        IntStream.range(0, FEW).forEach(i -> threads.execute(() -> awaitQuietly(begin)));
        IntStream.range(0, 500).forEach(i -> threads.execute(done::incrementAndGet));
        begin.countDown();
        Awaitility.await().untilAtomic(done, Matchers.is(500));
        assertThat(woken).hasValue(FEW);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void bringsMoreThreadsWhereTheFewAreBlocked() {
        IntStream.range(0, MAX).forEach(i -> threads.execute(this::block));
        Awaitility.await().untilAtomic(begun, Matchers.is(MAX));
    }

    @Test
    void neverAsksForMoreThreadsThanThePoolHas() {
        IntStream.range(0, 3 * MAX).forEach(i -> threads.execute(this::block));
        Awaitility.await().untilAtomic(begun, Matchers.is(MAX));
        Awaitility.await().during(Duration.ofMillis(100)).untilAtomic(woken, Matchers.is(MAX));
        end.countDown();
        Awaitility.await().untilAtomic(begun, Matchers.is(3 * MAX));
    }

    @Test
    void leavesNothingToItsWatchWhenItsLastThreadLeaves() {
        FewThreads one = new FewThreads("one-watch", pool, 1, 1);
        one.stop();
        AtomicInteger done = new AtomicInteger();
        for (int i = 1; i <= 20_000; i++) {
            one.execute(done::incrementAndGet);
            // The next one is brought while the thread that did this one is on its way out.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (done.get() < i) {
                assertThat(System.nanoTime()).as("forgotten: %s", i).isLessThan(end);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void losesNoneOfManyBroughtByMany() throws Exception {
        int each = 20_000;
        AtomicInteger done = new AtomicInteger();
        List<Thread> bringers = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> {
                    for (int n = 0; n < each; n++) {
                        threads.execute(done::incrementAndGet);
                        if (n % 100 == 0) {
                            // So that threads run out of work, and leave, while more is brought.
                            Thread.yield();
                        }
                    }
                }))
                .toList();
        bringers.forEach(Thread::start);
        for (Thread bringer : bringers) {
            bringer.join(TimeUnit.SECONDS.toMillis(60));
        }
        Awaitility.await().untilAtomic(done, Matchers.is(4 * each));
    }

    @Test
    void goesOnAfterWorkThatFailed() {
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 3 * MAX; i++) {
            threads.execute(() -> {
                done.incrementAndGet();
                throw new IllegalStateException("failed");
            });
        }
        Awaitility.await().untilAtomic(done, Matchers.is(3 * MAX));
    }

    @Test
    void refusesWhatThePoolRefuses() {
        pool.shutdown();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < FEW + 1; i++) {
            assertThatThrownBy(() -> threads.execute(done::incrementAndGet))
                    .isInstanceOf(RejectedExecutionException.class);
        }
        assertThat(done).hasValue(0);
    }
}
