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

/**
 * What one file of events holds, as far as it is whole. Found by reading it once from the start, so that damage
 * anywhere in it shows; the price is that read at each start.
 *
 * @param first the number of the first event in it, or 0 where there is none
 * @param last the number of the last event in it, or 0
 * @param body the last event's line, or null
 * @param wholeBytes the length of what is whole
 * @param damagedLine whether a complete line follows that is no event; a torn one at the end is a crash's common trace
 */
record JsonLines(long first, long last, String body, long wholeBytes, boolean damagedLine) {

    static JsonLines read(Path file, ObjectMapper json) throws IOException {
        JsonLines whole = new JsonLines(0, 0, null, 0, false);
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
                    return new JsonLines(whole.first, whole.last, whole.body, whole.wholeBytes, true);
                }
                long first = whole.body == null ? id.getAsLong() : whole.first;
                whole = new JsonLines(first, id.getAsLong(), body, whole.wholeBytes + line.size() + 1, false);
                line.reset();
            }
        }
        return whole;
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
