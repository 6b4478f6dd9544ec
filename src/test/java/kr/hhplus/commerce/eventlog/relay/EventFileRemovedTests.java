package kr.hhplus.commerce.eventlog.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are renamed, removed, replaced or cut while the relay has them open, or between two runs. */
@OnDatabase
class EventFileRemovedTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-03-02T00:00:00Z");

    @TempDir
    private Path root;

    private final LogFixture fixture = new LogFixture();
    private int orders;
    private EventRelay relay;

    @AfterEach
    void close() {
        relay.close();
        fixture.close();
    }

    private Path file(String name) {
        return root.resolve("events").resolve(name);
    }

    private Path today() {
        return file("orders-2026-03-01.jsonl");
    }

    private void anOrderAt(Instant at) {
        fixture.append(LogFixture.paid(++orders, at, new Line(orders, 1)));
    }

    /** A relay that has delivered two orders and has their file open. */
    private void aRelayAtWork() throws Exception {
        relay = relay();
        anOrderAt(NOON);
        anOrderAt(NOON);
        relay.step();
        assertThat(today()).content().isEqualTo(bodies(1, 2));
    }

    private EventRelay relay() {
        return relayTo("events");
    }

    private EventRelay relayTo(String directory) {
        FileEventSink delivery = new FileEventSink(root.resolve(directory), fixture.log, new ObjectMapper());
        return new Given(fixture, new SimpleMeterRegistry()).relay(delivery, 500);
    }

    private void failsAndGoesOn() throws Exception {
        assertThatThrownBy(relay::step)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("renamed, removed or replaced");
        relay.failed();
        relay.step();
    }

    private void restart() {
        relay.close();
        relay = relay();
    }

    private String bodies(long first, long last) {
        StringBuilder lines = new StringBuilder();
        for (StoredEvent event : fixture.log.after(first - 1, (int) (last - first + 1))) {
            lines.append(event.body()).append('\n');
        }
        return lines.toString();
    }

    @Test
    void writesItsEventsAgainWhenTheOpenFileIsRemoved() throws Exception {
        aRelayAtWork();
        Files.delete(today());
        anOrderAt(NOON);
        failsAndGoesOn();
        assertThat(today()).content().isEqualTo(bodies(1, 3));
        assertThat(fixture.offsets.position(EventRelay.CONSUMER)).isEqualTo(3);
    }

    @Test
    void writesItsEventsAgainWhenTheOpenFileIsRenamed() throws Exception {
        aRelayAtWork();
        Files.move(today(), file("collected.jsonl"));
        anOrderAt(NOON);
        failsAndGoesOn();
        assertThat(today()).content().isEqualTo(bodies(1, 3));
    }

    @Test
    void writesItsEventsAgainWhenAnotherFileTakesTheName() throws Exception {
        aRelayAtWork();
        Files.move(today(), file("collected.jsonl"));
        Files.createFile(today());
        anOrderAt(NOON);
        failsAndGoesOn();
        assertThat(today()).content().isEqualTo(bodies(1, 3));
    }

    @Test
    void leavesTheDaysBeforeAlone() throws Exception {
        aRelayAtWork();
        anOrderAt(NEXT_DAY);
        relay.step();
        Files.delete(file("orders-2026-03-02.jsonl"));
        anOrderAt(NEXT_DAY);
        failsAndGoesOn();
        assertThat(today()).content().isEqualTo(bodies(1, 2));
        assertThat(file("orders-2026-03-02.jsonl")).content().isEqualTo(bodies(3, 4));
    }

    @Test
    void doesNotMissYesterdaysFile() throws Exception {
        aRelayAtWork();
        Files.move(today(), file("collected.jsonl"));
        anOrderAt(NEXT_DAY);
        relay.step();
        assertThat(today()).doesNotExist();
        assertThat(file("orders-2026-03-02.jsonl")).content().isEqualTo(bodies(3, 3));
    }

    @Test
    void makesTheDirectoryAgain() throws Exception {
        aRelayAtWork();
        Files.move(root.resolve("events"), root.resolve("moved"));
        anOrderAt(NOON);
        failsAndGoesOn();
        assertThat(today()).content().isEqualTo(bodies(1, 3));
    }

    @Test
    void takesTheLockAgainWhenItsFileIsRemoved() throws Exception {
        aRelayAtWork();
        Files.delete(file(".lock"));
        anOrderAt(NOON);
        failsAndGoesOn();
        assertThat(today()).content().isEqualTo(bodies(1, 3));
        EventRelay second = relay();
        assertThatThrownBy(second::step).hasMessageContaining("another process has locked");
        second.failed();
    }

    @Test
    void sendsAReplaysChunkAgainWhenItsFileIsRemoved() throws Exception {
        aRelayAtWork();
        FileEventSink delivery = new FileEventSink(root.resolve("replays"), fixture.log, new ObjectMapper());
        delivery.resume(0);
        delivery.deliverAgain("R", fixture.log.after(0, 1));
        Path replay = root.resolve("replays").resolve("replay-R.jsonl");
        Files.delete(replay);
        assertThatThrownBy(() -> delivery.deliverAgain("R", fixture.log.after(1, 1)))
                .isInstanceOf(FileVanishedException.class);
        delivery.resume(0);
        delivery.deliverAgain("R", fixture.log.after(1, 1));
        assertThat(replay).content().isEqualTo(bodies(2, 2));
        delivery.close();
    }

    @Test
    void writesLinesAgainThatTheNewestFileHasLost() throws Exception {
        aRelayAtWork();
        relay.close();
        Files.writeString(today(), bodies(1, 1));
        anOrderAt(NOON);
        restart();
        relay.step();
        assertThat(today()).content().isEqualTo(bodies(1, 3));
    }

    @Test
    void refusesTornLinesThatWereWholeOnce() throws Exception {
        aRelayAtWork();
        relay.close();
        String torn = bodies(1, 1) + bodies(2, 2).substring(0, 20);
        Files.writeString(today(), torn);
        restart();
        assertThatThrownBy(relay::step).hasMessageContaining("is damaged after byte");
        assertThat(today()).content().isEqualTo(torn);
    }

    private void anotherInstanceDeliversAnOrder() throws Exception {
        relay.close();
        EventRelay other = relayTo("events-of-another-instance");
        anOrderAt(NOON);
        other.step();
        other.close();
    }

    @Test
    void leavesToOtherInstancesWhatTheyHaveDelivered() throws Exception {
        aRelayAtWork();
        anotherInstanceDeliversAnOrder();
        anOrderAt(NOON);
        restart();
        relay.step();
        assertThat(today()).content().isEqualTo(bodies(1, 2) + bodies(4, 4));
    }

    @Test
    void cutsATornLineThatAnotherInstanceHasDeliveredSince() throws Exception {
        aRelayAtWork();
        anotherInstanceDeliversAnOrder();
        Files.writeString(today(), bodies(1, 2) + bodies(3, 3).substring(0, 20));
        anOrderAt(NOON);
        restart();
        relay.step();
        assertThat(today()).content().isEqualTo(bodies(1, 2) + bodies(4, 4));
    }

    @Test
    void knowsTheEventsThatAnAcceptedRestoreHasTakenBack() throws Exception {
        aRelayAtWork();
        relay.close();
        List<String> lines = Files.readAllLines(today());
        fixture.jdbc.update("DELETE FROM order_event WHERE position > 1");
        fixture.jdbc.update("UPDATE feed_head SET position = 1");
        fixture.jdbc.update("UPDATE feed_reader SET position = 0 WHERE name = ?", EventRelay.CONSUMER);
        restart();
        assertThatThrownBy(relay::step).isInstanceOf(IOException.class);
        relay.failed();
        fixture.jdbc.update("INSERT INTO event_log_incarnation VALUES (1, 2, '2026-03-01 13:00:00')");
        fixture.jdbc.update("UPDATE feed_head SET incarnation = 1, lost_id = 0, rewound = FALSE");
        fixture.rewinds.check();
        anOrderAt(NOON);
        relay.step();
        assertThat(Files.readAllLines(today()))
                .as("events 1 and 2, and the one that took the second's position")
                .containsExactly(lines.get(0), lines.get(1), bodies(2, 2).strip());
    }
}
