package kr.hhplus.commerce.eventlog.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.jspecify.annotations.Nullable;

/**
 * The intact content of one event file. The file is read once from the start, so that damage anywhere in it is
 * detected. The price is this read at each start.
 *
 * @param first the number of the first event, or 0 if there is none
 * @param last the number of the last event, or 0
 * @param body the line of the last event, or null
 * @param intactBytes the length of the intact content
 * @param damagedLine whether a complete line that is not an event follows; an incomplete line at the end is the usual
 *     result of a crash
 */
record JsonLines(long first, long last, @Nullable String body, long intactBytes, boolean damagedLine) {

    static JsonLines read(Path file, ObjectMapper json) throws IOException {
        JsonLines intact = new JsonLines(0, 0, null, 0, false);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b != '\n') {
                    line.write(b);
                    continue;
                }
                String body = line.toString(StandardCharsets.UTF_8);
                OptionalLong id = id(body, json);
                if (id.isEmpty()) {
                    return new JsonLines(intact.first, intact.last, intact.body, intact.intactBytes, true);
                }
                long first = intact.body == null ? id.getAsLong() : intact.first;
                intact = new JsonLines(first, id.getAsLong(), body, intact.intactBytes + line.size() + 1, false);
                line.reset();
            }
        }
        return intact;
    }

    private static OptionalLong id(String body, ObjectMapper json) {
        try {
            JsonNode id = json.readTree(body).path("id");
            return IdText.parse(id.asText(""));
        } catch (JsonProcessingException e) {
            return OptionalLong.empty();
        }
    }
}
