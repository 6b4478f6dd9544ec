package kr.hhplus.commerce.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnDatabase
class OutboxTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final LogFixture fixture = new LogFixture();

    @AfterEach
    void closeDatabase() {
        fixture.close();
    }

    @Test
    void givesABatchItsPlacesInOrder() {
        fixture.append(LogFixture.paid(11, NOON, new Line(1, 1)), LogFixture.paid(12, NOON, new Line(1, 1)));
        fixture.append(LogFixture.cancelled(11, NOON, NOON.plusMillis(5), new Line(1, 1)));
        List<StoredEvent> events = fixture.log.after(0, 10);
        assertThat(events).extracting(StoredEvent::position).containsExactly(1L, 2L, 3L);
        assertThat(events).extracting(StoredEvent::orderId).containsExactly(11L, 12L, 11L);
        assertThat(events.get(2).occurredAt()).isEqualTo(NOON.plusMillis(5));
        assertThat(events).allSatisfy(event -> assertThat(event.body()).contains("\"id\":\"" + event.id() + "\""));
        assertThat(fixture.log.head()).isEqualTo(3);
    }

    @Test
    void leavesNoGapWhereATransactionWasRolledBack() {
        fixture.transaction.executeWithoutResult(status -> {
            fixture.outbox.append(List.of(LogFixture.paid(1, NOON, new Line(1, 1))));
            status.setRollbackOnly();
        });
        assertThat(fixture.log.head()).isZero();
        fixture.append(LogFixture.paid(2, NOON, new Line(1, 1)));
        assertThat(fixture.log.after(0, 10)).extracting(StoredEvent::position).containsExactly(1L);
    }

    @Test
    void goOnWhereAnotherInstanceHasAppended() {
        Outbox other = new Outbox(fixture.jdbc, new KnownLogState());
        for (int order = 1; order <= 3; order++) {
            NewEvent theirs = LogFixture.paid(10 + order, NOON, new Line(1, 1));
            fixture.append(LogFixture.paid(order, NOON, new Line(1, 1)));
            fixture.transaction.executeWithoutResult(status -> other.append(List.of(theirs, theirs)));
        }
        assertThat(fixture.log.after(0, 20))
                .extracting(StoredEvent::orderId)
                .containsExactly(1L, 11L, 11L, 2L, 12L, 12L, 3L, 13L, 13L);
        assertThat(fixture.log.head()).isEqualTo(9);
    }

    @Test
    void isRefusedOutsideATransaction() {
        assertThatThrownBy(() -> fixture.outbox.append(List.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isRefusedForABodyOfTwoLines() {
        NewEvent event = new NewEvent("OrderPaid", 1, 1, NOON, id -> "{\n}");
        assertThatThrownBy(() -> fixture.append(event)).isInstanceOf(IllegalArgumentException.class);
        assertThat(fixture.log.head()).isZero();
    }

    @Test
    void leavesReadersThatAreAheadWhereTheyAre() {
        fixture.offsets.register("someone");
        fixture.offsets.advance("someone", 5);
        fixture.offsets.advance("someone", 3);
        fixture.offsets.register("someone");
        assertThat(fixture.offsets.position("someone")).isEqualTo(5);
    }

    @Test
    void comesInShorterListsWhenTheEventsAreLarge() {
        String megabytes = "x".repeat(3 << 20);
        NewEvent large = new NewEvent("OrderPaid", 1, 1, NOON, id -> megabytes);
        fixture.append(large, large, large);
        assertThat(fixture.log.after(0, 10)).hasSize(2);
        assertThat(fixture.log.after(2, 10)).hasSize(1);
    }

    @Test
    void areOnDiskBeforeAnybodyOutsideSeesThem() {
        fixture.append(LogFixture.paid(31, NOON, new Line(1, 1)));
        assertThat(fixture.log.durableAfter(0, 10)).hasSize(1);
        long commits = fixture.offsets.position("on-disk");
        assertThat(commits).as("commits of the reader's own").isEqualTo(1);
        assertThat(fixture.log.durableAfter(0, 10)).hasSize(1);
        assertThat(fixture.offsets.position("on-disk")).as("none without need").isEqualTo(commits);
        fixture.append(LogFixture.paid(32, NOON, new Line(1, 1)));
        assertThat(fixture.log.durableAfter(1, 10)).hasSize(1);
        assertThat(fixture.offsets.position("on-disk")).isEqualTo(commits + 1);
    }
}
