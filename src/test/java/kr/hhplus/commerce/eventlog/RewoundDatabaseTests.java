package kr.hhplus.commerce.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.eventlog.Incarnations.Incarnation;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An older copy of the database is put in its place while processes that know more go on. */
@OnDatabase
class RewoundDatabaseTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final LogFixture fixture = new LogFixture();
    private final Instance idle = new Instance(fixture);

    /** Another process on the same database. */
    private static final class Instance {

        private final LogFixture database;
        private final KnownLogState known = new KnownLogState();
        private final Outbox outbox;
        private final EventLog log;
        private final RewindDetector rewinds;

        Instance(LogFixture database) {
            this.database = database;
            outbox = new Outbox(database.jdbc, known);
            log = new EventLog(database.jdbc, known);
            rewinds = new RewindDetector(known, new JdbcLogState(database.jdbc), log, new SimpleMeterRegistry());
        }

        void append(long orderId, Instant at) {
            database.transaction.executeWithoutResult(
                    status -> outbox.append(List.of(LogFixture.paid(orderId, at, new Line(1, 1)))));
        }
    }

    @AfterEach
    void closeDatabase() {
        fixture.close();
    }

    private void append(long orderId) {
        fixture.append(LogFixture.paid(orderId, NOON, new Line(1, 1)));
    }

    private void anOlderCopyEndsAt(long position) {
        fixture.jdbc.update("DELETE FROM order_event WHERE position > ?", position);
        fixture.jdbc.update("UPDATE feed_head SET position = ?, lost_id = 0, rewound = FALSE", position);
    }

    private void accepted(int incarnation, long firstPosition) {
        new JdbcLogState(fixture.jdbc).start(new Incarnation(incarnation, firstPosition, NOON));
    }

    @Test
    void givesNoPositionOutAgain() {
        append(11);
        append(12);
        append(13);
        anOlderCopyEndsAt(1);
        assertThatThrownBy(() -> append(14)).isInstanceOf(EventLogRewoundException.class);
        assertThat(fixture.log.head()).isEqualTo(1);
        assertThat(fixture.log.after(0, 10)).extracting(StoredEvent::orderId).containsExactly(11L);
    }

    @Test
    void stopsInstancesThatKnowNothing() {
        append(11);
        append(12);
        anOlderCopyEndsAt(1);
        fixture.rewinds.check();
        assertThatThrownBy(() -> idle.append(14, NOON)).isInstanceOf(EventLogRewoundException.class);
        idle.rewinds.check();
        assertThat(idle.known.isRewound()).isTrue();
        assertThat(fixture.log.head()).isEqualTo(1);
    }

    @Test
    void isProvedByWhatOthersHaveAppended() {
        append(11);
        append(12);
        idle.rewinds.check();
        anOlderCopyEndsAt(1);
        assertThatThrownBy(() -> idle.append(14, NOON)).isInstanceOf(EventLogRewoundException.class);
    }

    @Test
    void isProvedByWhatAReaderHasReadFromDisk() {
        append(11);
        append(12);
        idle.log.durableAfter(0, 10);
        anOlderCopyEndsAt(1);
        idle.rewinds.check();
        assertThat(idle.known.isRewound()).isTrue();
    }

    @Test
    void isProvedWhenTheLogHasGrownPastWhatWasKnown() {
        append(11);
        append(12);
        anOlderCopyEndsAt(1);
        idle.append(21, NOON);
        idle.append(22, NOON);
        fixture.rewinds.check();
        assertThat(fixture.known.isRewound()).isTrue();
        assertThatThrownBy(() -> idle.append(23, NOON)).isInstanceOf(EventLogRewoundException.class);
    }

    @Test
    void isNotProvedByWhatWasRolledBack() {
        append(11);
        fixture.transaction.executeWithoutResult(status -> {
            fixture.outbox.append(List.of(LogFixture.paid(12, NOON, new Line(1, 1))));
            status.setRollbackOnly();
        });
        fixture.rewinds.check();
        assertThat(fixture.known.isRewound()).isFalse();
        append(13);
        assertThat(fixture.log.head()).isEqualTo(2);
    }

    @Test
    void isForgottenWhereTheServerOnlyShowedOldRowsForAMoment() {
        append(11);
        append(12);
        fixture.jdbc.update("UPDATE feed_head SET position = 1");
        assertThatThrownBy(() -> append(13)).isInstanceOf(EventLogRewoundException.class);
        fixture.jdbc.update("UPDATE feed_head SET position = 2");
        fixture.rewinds.check();
        append(13);
        assertThat(fixture.log.after(0, 10)).extracting(StoredEvent::orderId).containsExactly(11L, 12L, 13L);
    }

    @Test
    void goesOnWithIdsOfItsNewIncarnation() {
        append(11);
        append(12);
        String lost = fixture.log.after(1, 1).get(0).id();
        anOlderCopyEndsAt(1);
        fixture.rewinds.check();
        accepted(1, 2);
        fixture.rewinds.check();
        idle.rewinds.check();
        append(13);
        idle.append(14, NOON);
        List<StoredEvent> events = fixture.log.after(0, 10);
        assertThat(events).extracting(StoredEvent::position).containsExactly(1L, 2L, 3L);
        assertThat(events)
                .extracting(StoredEvent::id)
                .isSorted()
                .doesNotContain(lost)
                .containsExactly("0000000000001", "0000G00000002", "0000G00000003");
        assertThat(events).allSatisfy(event -> assertThat(event.body()).contains("\"id\":\"" + event.id() + "\""));
    }

    @Test
    void givesNewIdsToWhatWasWrittenBeforeItWasNoticed() {
        append(11);
        append(12);
        anOlderCopyEndsAt(1);
        idle.append(21, NOON.plusSeconds(60));
        fixture.rewinds.check();
        accepted(1, fixture.log.firstAt(NOON.plusSeconds(1)));
        StoredEvent event = fixture.log.after(1, 1).get(0);
        assertThat(event.orderId()).isEqualTo(21);
        assertThat(event.id()).isEqualTo("0000G00000002");
        assertThat(event.body()).contains("\"id\":\"0000G00000002\"").doesNotContain("\"id\":\"0000000000002\"");
    }

    @Test
    void isNoticedAgainInALaterIncarnation() {
        append(11);
        accepted(1, 2);
        append(12);
        anOlderCopyEndsAt(1);
        fixture.jdbc.update("UPDATE feed_head SET incarnation = 0");
        fixture.jdbc.update("DELETE FROM event_log_incarnation WHERE incarnation = 1");
        assertThatThrownBy(() -> append(13)).isInstanceOf(EventLogRewoundException.class);
        fixture.rewinds.check();
        assertThat(new JdbcLogState(fixture.jdbc).read().lostId())
                .isEqualTo(IdText.parse("0000G00000002").orElseThrow());
    }

    @Test
    void ofTwoRestoresTheEarlierPointCounts() {
        Incarnations incarnations = new Incarnations(
                List.of(new Incarnation(0, 1, null), new Incarnation(1, 81, NOON), new Incarnation(2, 51, NOON)));
        assertThat(incarnations.idAt(50)).isEqualTo(50);
        assertThat(incarnations.idAt(90)).isEqualTo(EventIds.of(2, 90));
        assertThat(incarnations.isLost(EventIds.of(1, 85))).isTrue();
        assertThat(incarnations.isLost(EventIds.of(0, 60))).isTrue();
        assertThat(incarnations.isLost(EventIds.of(0, 50))).isFalse();
        assertThat(incarnations.lastSharedWith(0)).isEqualTo(50);
        assertThat(incarnations.lastSharedWith(1)).isEqualTo(50);
    }
}
