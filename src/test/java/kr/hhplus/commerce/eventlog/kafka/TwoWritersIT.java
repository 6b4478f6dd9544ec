package kr.hhplus.commerce.eventlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.testkit.servers.KafkaBroker;
import kr.hhplus.commerce.testkit.servers.NeedsServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two instances on one database; the writer is frozen in mid-sending, replaced, and woken. No lease decides. */
@NeedsServers
class TwoWritersIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int ROUNDS = Integer.getInteger("rounds", 2);
    private static final int USERS = 5;

    private final AtomicLong written = new AtomicLong();
    private final AtomicBoolean open = new AtomicBoolean(true);

    @Test
    void leaveEveryEventInTheTopicAndEachUsersInOrder() throws Exception {
        String topic = "orders-" + UUID.randomUUID();
        try (KafkaBroker broker = KafkaBroker.start();
                SharedDatabase database = SharedDatabase.open();
                Instance first = Instance.start(database, broker, topic);
                Instance second = Instance.start(database, broker, topic)) {
            CompletableFuture<Void> sale = CompletableFuture.runAsync(() -> sell(database));
            Instance writer = first;
            Instance other = second;
            for (int round = 0; round < ROUNDS; round++) {
                Awaitility.await().atMost(LONG).until(writer::isLeader);
                assertThat(other.isLeader()).isFalse();
                writer.process().pause();
                Awaitility.await().atMost(LONG).until(other::isLeader);
                long taken = database.events().offsets.position("delivery");
                Awaitility.await()
                        .atMost(LONG)
                        .until(() -> database.events().offsets.position("delivery") > taken);
                writer.process().resume();
                Instance next = other;
                other = writer;
                writer = next;
            }
            writer.process().kill9();
            Awaitility.await().atMost(LONG).until(other::isLeader);
            open.set(false);
            sale.get();
            Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(
                            database.events().offsets.position("delivery"))
                    .isEqualTo(written.get()));
            Topic.read(broker, topic).holdsAll(written.get());
        }
    }

    private void sell(SharedDatabase database) {
        while (open.get()) {
            long order = written.get() + 1;
            database.events().append(LogFixture.paidBy(1 + order % USERS, order, NOON));
            written.set(order);
        }
    }
}
