package kr.hhplus.commerce.proof.shop;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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

    public static List<String> ids(List<JsonNode> events) {
        return events.stream().map(event -> event.required("id").textValue()).toList();
    }
}
