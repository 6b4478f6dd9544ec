package kr.hhplus.commerce.eventlog;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.ids.IdText;

/** A sink holds an event that this log does not have: the database is older than the sink, or another one. */
public final class SinkAheadException extends IOException {

    private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");

    private final long eventId;
    private final transient Instant occurredAt;

    SinkAheadException(long eventId, String body) {
        super("ends with event " + IdText.of(eventId) + ", which this database does not know");
        this.eventId = eventId;
        this.occurredAt = time(body);
    }

    /** Says where the event is. */
    public SinkAheadException(String where, SinkAheadException found) {
        super(where + " " + found.getMessage(), found);
        this.eventId = found.eventId;
        this.occurredAt = found.occurredAt;
    }

    private static Instant time(String body) {
        Matcher time = TIME.matcher(body);
        try {
            return time.find() ? Instant.parse(time.group(1)) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** See {@link EventIds}. */
    long eventId() {
        return eventId;
    }

    /** When that event happened, or null where its text does not say. */
    Instant occurredAt() {
        return occurredAt;
    }
}
