package kr.hhplus.commerce.feed;

import java.time.Instant;
import kr.hhplus.commerce.shared.ids.IdText;

/**
 * An event at its place in the log.
 *
 * @param position 1, 2, 3 … without gaps, in the order of the commits
 * @param body the complete CloudEvent, one line of JSON
 */
public record StoredEvent(long position, String type, long userId, long orderId, Instant occurredAt, String body) {

    /** What clients know it by, and the cursor from which a reader goes on after it. */
    public String id() {
        return IdText.of(position);
    }
}
