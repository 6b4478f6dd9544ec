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

/** Stock comes back and goes again while another thread looks: once a restock is told, no sign of before may stand. */
class RestockedWhileLookingRaces {

    private static final int ROUNDS = 20_000;

    private volatile boolean soldOut;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger up = new AtomicInteger();
    private final SoldOutCache<String> signs = new SoldOutCache<>(
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
    private final Thread looker = new Thread(() -> {
        while (!over.get()) {
            signs.suspect(1);
            signs.look();
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
        looker.join();
    }

    @Test
    void neverRefusesAfterARestockWasTold() {
        looker.start();
        for (int round = 0; round < ROUNDS; round++) {
            soldOut = true;
            spin();
            up.addAndGet(signs.find(1).isPresent() ? 1 : 0);
            soldOut = false;
            signs.clear(1);
            for (int i = 0; i < 3; i++) {
                assertThat(signs.find(1)).as("round %d", round).isEmpty();
                spin();
            }
        }
        assertThat(up).as("rounds in which a sign was up").hasPositiveValue();
    }
}
