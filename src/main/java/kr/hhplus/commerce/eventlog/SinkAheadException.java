package kr.hhplus.commerce.eventlog;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.jspecify.annotations.Nullable;

/** A sink has an event that this log does not have: the database is older than the sink, or is another one. */
public final class SinkAheadException extends IOException {

    private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");

    private final long eventId;
    private final transient @Nullable Instant occurredAt;

    SinkAheadException(long eventId, String body) {
        super("ends with event " + IdText.of(eventId) + ", which this database does not know");
        this.eventId = eventId;
        this.occurredAt = time(body);
    }

    /** Adds the location of the event to the message. */
    public SinkAheadException(String where, SinkAheadException found) {
        super(where + " " + found.getMessage(), found);
        this.eventId = found.eventId;
        this.occurredAt = found.occurredAt;
    }

    private static @Nullable Instant time(String body) {
        Matcher time = TIME.matcher(body);
        try {
            return time.find() ? Instant.parse(time.group(1)) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns the id of the event. See {@link EventIds}. */
    long eventId() {
        return eventId;
    }

    /** Returns the time of the event, or null if its body does not contain one. */
    @Nullable
    Instant occurredAt() {
        return occurredAt;
    }
}
