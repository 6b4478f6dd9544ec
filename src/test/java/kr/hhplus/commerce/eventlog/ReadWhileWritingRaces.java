package kr.hhplus.commerce.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writers commit and roll back side by side while a reader follows the log by its cursor. */
@OnDatabase
class ReadWhileWritingRaces {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int WRITERS = 4;
    private static final int ROUNDS = 300;

    private final LogFixture fixture = new LogFixture();
    private final AtomicLong written = new AtomicLong();

    /** How positions are given out within a transaction. */
    private interface Append {
        void append(List<NewEvent> events);
    }

    @AfterEach
    void closeDatabase() {
        fixture.close();
    }

    @Test
    void seesEveryEventOnceAndInOrder() throws Exception {
        List<Long> seen = race(fixture.outbox::append);
        assertThat(seen)
                .isEqualTo(LongStream.rangeClosed(1, written.get()).boxed().toList());
        assertThat(fixture.log.head()).isEqualTo(written.get());
    }

    /** The classic bug: numbers drawn outside the transaction, as AUTO_INCREMENT does, commit in another order. */
    @Test
    void wouldMissEventsIfPositionsWereDrawnWithoutTheLock() throws Exception {
        AtomicLong sequence = new AtomicLong();
        List<Long> seen = race(events -> events.forEach(event -> fixture.jdbc.update(
                "INSERT INTO order_event (position, type, user_id, order_id, occurred_at, body)"
                        + " VALUES (?, 'OrderPaid', 1, 1, NOW(), '{}')",
                sequence.incrementAndGet())));
        assertThat(seen)
                .isNotEqualTo(LongStream.rangeClosed(1, written.get()).boxed().toList());
        assertThat(seen).as("events that the reader has passed unseen").hasSizeLessThan((int) written.get());
    }

    private List<Long> race(Append append) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                long seed = w;
                writers.add(threads.submit(() -> write(new SplittableRandom(seed), append)));
            }
            Future<List<Long>> reader = threads.submit(() -> follow(writers));
            for (Future<?> writer : writers) {
                writer.get();
            }
            return reader.get();
        } finally {
            threads.shutdownNow();
        }
    }

    private void write(SplittableRandom random, Append append) {
        for (int round = 0; round < ROUNDS; round++) {
            int count = random.nextInt(1, 4);
            boolean rollBack = random.nextInt(5) == 0;
            List<NewEvent> events = IntStream.range(0, count)
                    .mapToObj(i -> LogFixture.paid(i, NOON, new Line(1, 1)))
                    .toList();
            fixture.transaction.executeWithoutResult(status -> {
                append.append(events);
                if (rollBack) {
                    status.setRollbackOnly();
                }
            });
            if (!rollBack) {
                written.addAndGet(count);
            }
        }
    }

    private List<Long> follow(List<Future<?>> writers) {
        List<Long> seen = new ArrayList<>();
        boolean last = false;
        while (true) {
            boolean done = writers.stream().allMatch(Future::isDone);
            long after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
            List<StoredEvent> events = fixture.log.after(after, 7);
            events.forEach(event -> seen.add(event.position()));
            if (events.isEmpty() && last) {
                return seen;
            }
            last = done;
        }
    }
}
