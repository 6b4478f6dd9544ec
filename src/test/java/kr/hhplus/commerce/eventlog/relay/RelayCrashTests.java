package kr.hhplus.commerce.eventlog.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.eventlog.StoredEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A relay dies, at any byte, and the next one takes its place. */
class RelayCrashTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final String FIRST_FILE = "orders-2026-03-01.jsonl";
    private static final String SECOND_FILE = "orders-2026-03-02.jsonl";

    @TempDir
    private Path root;

    private final LogFixture fixture = new LogFixture();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private int orders;

    @AfterEach
    void closeDatabase() {
        fixture.close();
    }

    @Test
    void leavesEachEventOnceWhateverByteItStoppedAt() throws Exception {
        anOrderAt(NOON);
        drain();
        byte[] before = Files.readAllBytes(file(FIRST_FILE));
        long recorded = fixture.offsets.position(EventRelay.CONSUMER);
        anOrderAt(NOON);
        anOrderAt(NOON);
        drain();
        byte[] whole = Files.readAllBytes(file(FIRST_FILE));
        for (int length = before.length; length <= whole.length; length++) {
            Files.write(file(FIRST_FILE), java.util.Arrays.copyOf(whole, length));
            recordIs(recorded);
            drain();
            assertThat(Files.readAllBytes(file(FIRST_FILE)))
                    .as("stopped at %d", length)
                    .isEqualTo(whole);
        }
        assertEachEventOnce();
    }

    @Test
    void leavesEachEventOnceWhateverByteOfANewDayItStoppedAt() throws Exception {
        anOrderAt(NOON);
        drain();
        anOrderAt(NEXT_DAY);
        drain();
        byte[] whole = Files.readAllBytes(file(SECOND_FILE));
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(SECOND_FILE), java.util.Arrays.copyOf(whole, length));
            recordIs(1);
            drain();
            assertThat(Files.readAllBytes(file(SECOND_FILE)))
                    .as("stopped at %d", length)
                    .isEqualTo(whole);
        }
        assertEachEventOnce();
    }

    @Test
    void deliversNothingAgainWhenItDiedBeforeRecording() throws Exception {
        anOrderAt(NOON);
        anOrderAt(NOON);
        drain();
        recordIs(0);
        drain();
        assertEachEventOnce();
        assertThat(fixture.offsets.position(EventRelay.CONSUMER)).isEqualTo(2);
    }

    @Test
    void cutsOffWhatThePowerCutLeftHalfWritten() throws Exception {
        anOrderAt(NOON);
        drain();
        anOrderAt(NOON);
        byte[] hole = new byte[100];
        hole[50] = '\n';
        hole[99] = '\n';
        Files.write(file(FIRST_FILE), hole, StandardOpenOption.APPEND);
        drain();
        assertEachEventOnce();
    }

    @Test
    void goesOnWhereTheRecordIsWhenTheFilesWereTakenAway() throws Exception {
        anOrderAt(NOON);
        drain();
        Files.delete(file(FIRST_FILE));
        anOrderAt(NOON);
        drain();
        assertThat(delivered()).containsExactly(body(2));
    }

    @Test
    void neverGoesBackADay() throws Exception {
        anOrderAt(NEXT_DAY);
        anOrderAt(NOON);
        drain();
        anOrderAt(NOON);
        drain();
        assertThat(file(FIRST_FILE)).doesNotExist();
        assertEachEventOnce();
    }

    @Test
    void deliversEverythingWhenTheDiskIsBack() throws Exception {
        Files.writeString(root.resolve("events"), "no directory");
        anOrderAt(NOON);
        EventRelay relay = relay();
        assertThatThrownBy(relay::step).isInstanceOf(IOException.class);
        relay.failed();
        assertThat(registry.get("commerce.eventlog.lag").gauge().value()).isEqualTo(1);
        assertThat(registry.get("commerce.eventlog.age").gauge().value())
                .as("ms since " + NOON)
                .isPositive();
        assertThat(registry.get("commerce.eventlog.failures").counter().count()).isEqualTo(1);
        Files.delete(root.resolve("events"));
        relay.step();
        assertThat(registry.get("commerce.eventlog.lag").gauge().value()).isZero();
        assertThat(registry.get("commerce.eventlog.age").gauge().value()).isZero();
        assertThat(registry.get("commerce.eventlog.delivered").counter().count())
                .isEqualTo(1);
        relay.close();
        assertEachEventOnce();
    }

    @Test
    void touchesNoFilesOfAnotherDatabase() throws Exception {
        anOrderAt(NOON);
        drain();
        byte[] theirs = Files.readAllBytes(file(FIRST_FILE));
        try (LogFixture other = new LogFixture()) {
            other.append(LogFixture.paid(99, NEXT_DAY, new Line(1, 1)));
            EventRelay relay = relay(other);
            assertThatThrownBy(relay::step).hasMessageContaining("this database does not know");
            relay.close();
        }
        assertThat(delivered()).hasSize(1);
        assertThat(Files.readAllBytes(file(FIRST_FILE))).isEqualTo(theirs);
    }

    @Test
    void refusesFilesThatWereWholeOnceAndAreNot() throws Exception {
        anOrderAt(NOON);
        anOrderAt(NOON);
        drain();
        String damaged = delivered().get(0) + "\nsomebody's note\n";
        Files.writeString(file(FIRST_FILE), damaged);
        EventRelay relay = relay();
        assertThatThrownBy(relay::step).hasMessageContaining("is damaged");
        relay.close();
        assertThat(Files.readString(file(FIRST_FILE))).isEqualTo(damaged);
    }

    @Test
    void leavesTheDirectoryToTheOneWhoHoldsIt() throws Exception {
        anOrderAt(NOON);
        EventRelay first = relay();
        first.step();
        EventRelay second = relay();
        assertThatThrownBy(second::step).hasMessageContaining("another process has locked");
        second.failed();
        first.close();
        anOrderAt(NOON);
        second.step();
        second.close();
        assertEachEventOnce();
    }

    private void anOrderAt(Instant orderedAt) {
        fixture.append(LogFixture.paid(++orders, orderedAt, new Line(orders, 1)));
    }

    private void recordIs(long position) {
        fixture.jdbc.update("UPDATE feed_reader SET position = ? WHERE name = ?", position, EventRelay.CONSUMER);
    }

    private EventRelay relay() {
        return relay(fixture);
    }

    private EventRelay relay(LogFixture database) {
        FileEventSink delivery = new FileEventSink(root.resolve("events"), database.log, new ObjectMapper());
        return new Given(database, registry).relay(delivery, 500);
    }

    private void drain() throws Exception {
        EventRelay relay = relay();
        while (relay.step()) {}
        relay.close();
    }

    private Path file(String name) {
        return root.resolve("events").resolve(name);
    }

    private String body(long position) {
        return fixture.log.after(position - 1, 1).get(0).body();
    }

    private List<String> delivered() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("events"))) {
            for (Path file : files.sorted().toList()) {
                if (!file.endsWith(".lock")) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        return lines;
    }

    private void assertEachEventOnce() throws IOException {
        assertThat(delivered())
                .isEqualTo(fixture.log.after(0, 1000).stream()
                        .map(StoredEvent::body)
                        .toList());
    }
}
