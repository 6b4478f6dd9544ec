package kr.hhplus.commerce.eventlog;

import java.time.Instant;
import kr.hhplus.commerce.kernel.ids.IdText;

/**
 * An event at its place in the log.
 *
 * @param incarnation the life of the log that gave the event its id
 * @param position 1, 2, 3 … without gaps, in the order of the commits
 * @param body the complete CloudEvent, one line of JSON
 */
public record StoredEvent(
        int incarnation, long position, String type, long userId, long orderId, Instant occurredAt, String body) {

    private static final String ID_FIELD = "\"id\":\"";

    /** The event id as a number; see {@link EventIds}. */
    public long number() {
        return EventIds.of(incarnation, position);
    }

    /** What clients know it by, and the cursor from which a reader goes on after it. */
    public String id() {
        return IdText.of(number());
    }

    /**
     * The event with the id of the incarnation that its position belongs to. One that was written between a restore and
     * its notice has an id in its body that consumers may know for another event.
     */
    StoredEvent in(Incarnations incarnations) {
        long id = incarnations.idAt(position);
        String text = IdText.of(id);
        int at = body.indexOf(ID_FIELD) + ID_FIELD.length();
        boolean named = at < ID_FIELD.length() || body.startsWith(text, at);
        String renamed = named ? body : body.substring(0, at) + text + body.substring(at + text.length());
        return new StoredEvent(EventIds.incarnationOf(id), position, type, userId, orderId, occurredAt, renamed);
    }
}
