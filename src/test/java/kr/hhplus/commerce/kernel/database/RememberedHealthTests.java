package kr.hhplus.commerce.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/** Health that costs something is asked for once in a while, and nobody waits for one who asks in vain. */
class RememberedHealthTests {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 50);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Health answer = Health.up().build();

    private CachedHealth remembering(HealthIndicator real) {
        return new CachedHealth(real, 100, nanos::get);
    }

    private Health ask() {
        asked.incrementAndGet();
        return answer;
    }

    @Test
    void isAskedOnceInItsTime() {
        CachedHealth health = remembering(this::ask);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        answer = Health.down().build();
        nanos.addAndGet(99);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(asked).hasValue(1);
        nanos.addAndGet(1);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(asked).hasValue(2);
    }

    @Test
    void saysHowOldItsAnswerIs() {
        CachedHealth health = new CachedHealth(this::ask, 60_000_000_000L, nanos::get);
        assertThat(health.health().getDetails()).containsEntry("ageMillis", 0L);
        nanos.addAndGet(59_000_000_000L);
        assertThat(health.health().getDetails()).containsEntry("ageMillis", 59_000L);
    }

    @Test
    void othersHearTheLastAnswerWhileOneAsksAndThatItIsDownWhenThatTakesLong() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CachedHealth health = remembering(() -> {
            Health now = ask();
            if (asked.get() == 2) {
                asking.countDown();
                awaitQuietly(answered);
            }
            return now;
        });
        health.health();
        nanos.addAndGet(1_000);
        CompletableFuture<Health> first = CompletableFuture.supplyAsync(health::health);
        asking.await();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        nanos.addAndGet(101);
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        answered.countDown();
        assertThat(first.join().getStatus()).isEqualTo(Status.UP);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(asked).hasValue(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
