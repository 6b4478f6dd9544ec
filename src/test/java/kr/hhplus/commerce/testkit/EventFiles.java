package kr.hhplus.commerce.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A platform that reads the files of one instance: every event once, in the order of the feed. */
public record EventFiles(Path data) implements Platform {

    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    @Override
    public void hasAll(List<JsonNode> pulled) {
        Awaitility.await("the files to hold every event")
                .atMost(WAIT_MAX)
                .until(() -> EventLines.in(data).size() >= pulled.size());
        List<JsonNode> lines = EventLines.in(data);
        assertThat(EventLines.ids(lines))
                .as("ids in the files, against the feed's")
                .isEqualTo(EventLines.ids(pulled))
                .doesNotHaveDuplicates();
        assertThat(lines).as("lines in the files, against the feed").isEqualTo(pulled);
    }

    @Override
    public String toString() {
        return "%,d event lines".formatted(EventLines.in(data).size());
    }
}
