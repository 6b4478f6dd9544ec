package kr.hhplus.commerce.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The JSON Lines files as the data platform finds them, oldest file first. */
public final class EventLines {

    private EventLines() {}

    /** Every whole line; a line that is still being written is left for the next look. */
    public static List<JsonNode> in(Path data) {
        List<JsonNode> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(data.resolve("events"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                String text = Files.readString(file);
                for (String line :
                        text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                    events.add(Client.JSON.readTree(line));
                }
            }
            return events;
        } catch (NoSuchFileException e) {
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files never run ahead of the shop: whatever they hold is what its feed begins with. */
    public static void areWhatTheFeedBeginsWith(Shop shop) {
        List<JsonNode> delivered = in(shop.data());
        List<JsonNode> known = shop.client().events();
        for (int i = 0; i < delivered.size(); i++) {
            assertThat(i < known.size() ? known.get(i) : null)
                    .as("event %d, of %,d in the files and %,d in the feed", i + 1, delivered.size(), known.size())
                    .isEqualTo(delivered.get(i));
        }
    }

    /** How much has arrived, whole or not. */
    public static long bytes(Path data) {
        File[] files = data.resolve("events").toFile().listFiles((folder, name) -> name.endsWith(".jsonl"));
        return files == null ? 0 : Arrays.stream(files).mapToLong(File::length).sum();
    }

    public static List<String> ids(List<JsonNode> events) {
        return events.stream().map(event -> event.required("id").textValue()).toList();
    }
}
