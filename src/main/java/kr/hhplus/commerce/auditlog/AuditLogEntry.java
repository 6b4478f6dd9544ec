package kr.hhplus.commerce.auditlog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit log. The JSON names are the API's.
 *
 * @param actor the caller's name: {@code user 7}, {@code service billing}, {@code local}
 * @param target of the action: {@code product 3}
 * @param at when it was written, by the installation's clock
 */
public record AuditLogEntry(
        String entryId,
        @JsonProperty("kind") AuditLogAction action,
        @JsonProperty("who") String actor,
        @JsonProperty("what") String target,
        @JsonProperty("facts") List<Change> changes,
        Instant at) {

    /**
     * A value that belongs to the entry, as text.
     *
     * @param before null if there was none, or if the action changes no value
     * @param after null if the value was removed
     */
    public record Change(
            String name,
            @Nullable String before,
            @Nullable @JsonProperty("value") String after) {}
}
