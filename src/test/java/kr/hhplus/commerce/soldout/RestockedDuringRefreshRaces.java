package kr.hhplus.commerce.soldout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A restock races with a refresh: after the restock is acknowledged, no earlier read may leave an entry. */
class RestockedDuringRefreshRaces {

    private static final int ROUNDS = 20_000;

    private volatile boolean soldOut;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger up = new AtomicInteger();
    private final SoldOutCache<String> cache = new SoldOutCache<>(
            new SoldOutProperties(
                    Duration.ofSeconds(1),
                    Duration.ofMillis(1),
                    Duration.ofSeconds(10),
                    10,
                    0,
                    0,
                    Duration.ofMillis(1)),
            System::nanoTime,
            this::database,
            id -> {},
            command -> false,
            () -> {});
    private final Thread refresher = new Thread(() -> {
        while (!over.get()) {
            cache.markForCheck(1);
            cache.refresh();
        }
    });

    private Map<Long, String> database(Set<Long> ids) {
        Map<Long, String> found = soldOut ? Map.of(1L, "sold out") : Map.of();
        spin();
        return found;
    }

    private static void spin() {
        long end = System.nanoTime() + ThreadLocalRandom.current().nextLong(20_000);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        over.set(true);
        refresher.join();
    }

    @Test
    void neverRefusesAfterAnAcknowledgedRestock() {
        refresher.start();
        for (int round = 0; round < ROUNDS; round++) {
            soldOut = true;
            spin();
            up.addAndGet(cache.find(1).isPresent() ? 1 : 0);
            soldOut = false;
            cache.invalidate(1);
            for (int i = 0; i < 3; i++) {
                assertThat(cache.find(1)).as("round %d", round).isEmpty();
                spin();
            }
        }
        assertThat(up).as("rounds with an entry").hasPositiveValue();
    }
}
