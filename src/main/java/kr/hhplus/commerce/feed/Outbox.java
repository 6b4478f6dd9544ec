package kr.hhplus.commerce.feed;

import java.util.List;
import java.util.Objects;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.shared.database.JdbcRows;
import kr.hhplus.commerce.shared.ids.IdText;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The writing end of the log. Whoever holds {@code feed_head} commits before the next position is given out, so readers
 * always see a prefix; the price: appending transactions commit one after the other.
 */
@Component
public class Outbox {

    /** Its one row, which every append locks, and the last in the lock order. */
    public static final RowKey HEAD = new RowTable("feed_head", 90, "id").row(1);

    private final JdbcTemplate jdbc;

    /** What the head was after the last positions taken here. Only a guess: others append too, and some roll back. */
    private volatile long lastTaken;

    Outbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Appends in the order given, in the caller's transaction: the events exist if and only if it commits. To be called
     * once per transaction and last, because its lock must be the last one taken.
     */
    public void append(List<NewEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("events are appended in the transaction of what they tell, or not at all");
        }
        if (events.isEmpty()) {
            return;
        }
        long position = takePositions(events.size());
        JdbcRows rows = new JdbcRows(jdbc, "order_event (position, type, user_id, order_id, occurred_at, body)");
        for (NewEvent event : events) {
            rows.row().numbers(position).text(event.type()).numbers(event.userId(), event.orderId());
            rows.time(event.occurredAt()).text(body(event, position));
            position++;
        }
        rows.execute();
    }

    /** @return the first of {@code count} positions that are now this transaction's */
    private long takePositions(int count) {
        long head = lastTaken;
        long first = takeAfter(head, count) ? head + 1 : takeAnywhere(count);
        lastTaken = first + count - 1;
        return first;
    }

    /** Right where nobody else has appended, and nothing of one's own was rolled back: one round trip, not two. */
    private boolean takeAfter(long head, int count) {
        return jdbc.update("UPDATE feed_head SET position = ? WHERE id = 1 AND position = ?", head + count, head) == 1;
    }

    private long takeAnywhere(int count) {
        int locked = jdbc.update("UPDATE feed_head SET position = position + ? WHERE id = 1", count);
        if (locked != 1) {
            throw new IllegalStateException("the head of the event log is missing");
        }
        Long last = jdbc.queryForObject("SELECT position FROM feed_head WHERE id = 1", Long.class);
        return Objects.requireNonNull(last) - count + 1;
    }

    private static String body(NewEvent event, long position) {
        String body = event.body().apply(IdText.of(position));
        if (body.indexOf('\n') >= 0 || body.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("an event's body is one line");
        }
        return body;
    }
}
