package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.ids.IdText;

/**
 * An event with its position in the log.
 *
 * @param incarnation the incarnation of the log that gave the event its id
 * @param position 1, 2, 3 … without gaps, in commit order
 * @param body the complete CloudEvent, one line of JSON
 */
public record StoredEvent(
        int incarnation, long position, String type, long userId, long orderId, Instant occurredAt, String body) {

    private static final String ID_FIELD = "\"id\":\"";

    /** Returns the event id as a number; see {@link EventIds}. */
    public long number() {
        return EventIds.of(incarnation, position);
    }

    /** Returns the event id as clients see it, which is also the cursor of the events after it. */
    public String id() {
        return IdText.of(number());
    }

    /**
     * Returns the event with the id of the incarnation that its position belongs to. The body of an event that was
     * written between a restore and its detection contains an id that consumers may know as another event's.
     */
    StoredEvent in(Incarnations incarnations) {
        long id = incarnations.idAt(position);
        String text = IdText.of(id);
        int at = body.indexOf(ID_FIELD) + ID_FIELD.length();
        boolean unchanged = at < ID_FIELD.length() || body.startsWith(text, at);
        String corrected = unchanged ? body : body.substring(0, at) + text + body.substring(at + text.length());
        return new StoredEvent(EventIds.incarnationOf(id), position, type, userId, orderId, occurredAt, corrected);
    }
}
