package kr.hhplus.commerce.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.cache.SharedCache.Aged;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SingleFlightCacheTests {

    private final AtomicInteger reads = new AtomicInteger();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void readsOnceForAllWhoAskMeanwhile() {
        CountDownLatch mayFinish = new CountDownLatch(1);
        SingleFlightCache<String, Integer> cache = cache(4, Duration.ZERO, key -> {
            await(mayFinish);
            return aged(reads.incrementAndGet());
        });
        var threads = Executors.newFixedThreadPool(8);
        AtomicInteger asking = new AtomicInteger();
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        asking.incrementAndGet();
                        return cache.get("3days");
                    },
                    threads));
        }
        Awaitility.await().untilAsserted(() -> assertThat(asking).hasValue(8));
        mayFinish.countDown();
        assertThat(answers.stream().map(CompletableFuture::join).toList()).contains(1);
        threads.shutdown();
        // A thread that had not reached the shared read before it ended may have begun one more.
        assertThat(reads.get()).isLessThan(8);
    }

    @Test
    void keepsAnAnswerForItsTime() {
        SingleFlightCache<String, Integer> kept = cache(4, Duration.ofDays(1), key -> aged(reads.incrementAndGet()));
        assertThat(List.of(kept.get("a"), kept.get("a"), kept.get("b"))).containsExactly(1, 1, 2);
        SingleFlightCache<String, Integer> fresh = cache(4, Duration.ZERO, key -> aged(reads.incrementAndGet()));
        assertThat(List.of(fresh.get("a"), fresh.get("a"))).containsExactly(3, 4);
    }

    @Test
    void countsTheAgeThatAnAnswerHadWhenItCame() {
        SingleFlightCache<String, Integer> kept = cache(4, Duration.ofDays(1), key -> {
            long daysAgo = key.equals("old") ? 2 : 0;
            return new Aged<>(
                    reads.incrementAndGet(),
                    System.nanoTime() - Duration.ofDays(daysAgo).toNanos());
        });
        assertThat(List.of(kept.get("old"), kept.get("old"), kept.get("new"), kept.get("new")))
                .containsExactly(1, 2, 3, 3);
    }

    @Test
    void keepsNoFailure() {
        SingleFlightCache<String, Integer> cache = cache(4, Duration.ofDays(1), key -> {
            if (reads.incrementAndGet() == 1) {
                throw new IllegalStateException("no database");
            }
            return aged(reads.get());
        });
        assertThatThrownBy(() -> cache.get("a")).isInstanceOf(IllegalStateException.class);
        assertThat(cache.get("a")).isEqualTo(2);
    }

    @Test
    void refusesToWaitForALoadThatHangs() {
        CountDownLatch mayFinish = new CountDownLatch(1);
        CountDownLatch loading = new CountDownLatch(1);
        SingleFlightCache<String, Integer> cache = new SingleFlightCache<>(
                "test",
                4,
                Duration.ofDays(1),
                Duration.ofMillis(1),
                key -> {
                    loading.countDown();
                    await(mayFinish);
                    return aged(1);
                },
                meters);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> cache.get("3days"));
        await(loading);
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> cache.get("3days"));
        try {
            Awaitility.await().until(second::isDone);
            assertThatThrownBy(second::join).cause().isInstanceOfSatisfying(RefusedException.class, e -> assertThat(
                            e.refusal().code())
                    .isEqualTo(ErrorCode.UNAVAILABLE));
        } finally {
            mayFinish.countDown();
        }
        assertThat(first.join()).isEqualTo(1);
        assertThat(cache.get("3days")).as("the late value is cached").isEqualTo(1);
    }

    @Test
    void isBounded() {
        SingleFlightCache<String, Integer> cache = cache(2, Duration.ofDays(1), key -> aged(reads.incrementAndGet()));
        for (String key : List.of("a", "b", "c", "a", "b", "c")) {
            cache.get(key);
        }
        assertThat(reads).as("not all three stay").hasValueGreaterThan(3);
        assertThat(meters.get("cache.size").tag("cache", "test").gauge().value())
                .isLessThanOrEqualTo(2);
    }

    private SingleFlightCache<String, Integer> cache(
            int sizeMax, Duration ageMax, Function<String, Aged<Integer>> read) {
        return new SingleFlightCache<>("test", sizeMax, ageMax, Duration.ofSeconds(30), read, meters);
    }

    private static Aged<Integer> aged(int value) {
        return new Aged<>(value, System.nanoTime());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
