package kr.hhplus.commerce.kernel.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import kr.hhplus.commerce.web.StrictJson;
import org.springframework.stereotype.Component;

/**
 * JSON that the service writes and reads again: order lines, stored results, events, changes in the audit log. Input is
 * validated before it is stored, so reading does not validate it again. Requests are read by the strict mapper of
 * {@link StrictJson}.
 *
 * <p>Unknown fields are ignored, so that an instance of the previous version can read what a newer instance has
 * written. A missing number or trailing text is damage, so reading fails.
 */
@Component
public class StoredJson {

    private final ObjectMapper mapper = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .addModule(new SimpleModule("stored-json").addSerializer(Instant.class, new Instants.Writer()))
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Returns the value as JSON text.
     *
     * @throws IllegalStateException if the value cannot be written, which is a bug
     */
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value cannot be stored as JSON", e);
        }
    }

    /** Returns the value as a tree, by the same rules as {@link #write}. */
    public JsonNode tree(Object value) {
        return mapper.valueToTree(value);
    }

    public ObjectNode object() {
        return mapper.createObjectNode();
    }

    /**
     * Reads a stored text.
     *
     * @throws IllegalStateException if {@link #write} has not written the text
     */
    public <T> T read(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        }
    }

    /**
     * Reads a stored text.
     *
     * @throws IllegalStateException if {@link #write} has not written the text
     */
    public <T> T read(String text, TypeReference<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        }
    }

    private static IllegalStateException unreadable(JsonProcessingException e) {
        return new IllegalStateException("stored JSON cannot be read", e);
    }
}
