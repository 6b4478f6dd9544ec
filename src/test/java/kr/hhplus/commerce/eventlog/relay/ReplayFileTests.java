package kr.hhplus.commerce.eventlog.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay into a file stops at any byte, and goes on from a position that was recorded before. */
class ReplayFileTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path root;

    private FileEventSink delivery;

    @BeforeEach
    void create() {
        delivery = new FileEventSink(root, null, new ObjectMapper());
    }

    @Test
    void leavesEachEventOnceWhateverByteItStoppedAt() throws IOException {
        replay("A", 3, 4, 5);
        byte[] whole = Files.readAllBytes(file("A"));
        assertThat(Files.readAllLines(file("A"))).hasSize(3);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file("A"), Arrays.copyOf(whole, length));
            replay("A", 3, 4, 5);
            assertThat(Files.readAllBytes(file("A")))
                    .as("stopped at %d", length)
                    .isEqualTo(whole);
        }
    }

    @Test
    void keepsReplaysApart() throws IOException {
        delivery.resume(0);
        delivery.deliverAgain("A", events(1, 2));
        delivery.deliverAgain("B", events(1));
        delivery.deliverAgain("B", events(2));
        delivery.close();
        assertThat(Files.readAllLines(file("B"))).isEqualTo(Files.readAllLines(file("A")));
        delivery.resume(0);
        assertThat(Files.list(root).map(each -> each.getFileName().toString()))
                .as("no daily file")
                .containsExactlyInAnyOrder(".lock", "replay-A.jsonl", "replay-B.jsonl");
        delivery.close();
    }

    private void replay(String name, long... positions) throws IOException {
        delivery.resume(0);
        delivery.deliverAgain(name, events(positions));
        delivery.close();
    }

    private Path file(String replay) {
        return root.resolve("replay-" + replay + ".jsonl");
    }

    private static List<StoredEvent> events(long... positions) {
        return LongStream.of(positions)
                .mapToObj(position -> new StoredEvent(
                        0, position, "OrderPaid", 7, position, NOON, "{\"id\":\"" + IdText.of(position) + "\"}"))
                .toList();
    }
}
