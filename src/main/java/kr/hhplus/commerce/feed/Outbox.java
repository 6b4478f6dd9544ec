package kr.hhplus.commerce.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.time.Utc;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The writing end of the log. Whoever holds {@code feed_head} commits before the next position is given out, so readers
 * always see a prefix; the price: appending transactions commit one after the other.
 */
@Component
public class Outbox {

    private final JdbcTemplate jdbc;

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
        List<Object[]> rows = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            rows.add(row(position++, event));
        }
        jdbc.batchUpdate("""
                INSERT INTO order_event (position, type, user_id, order_id, occurred_at, body)
                VALUES (?, ?, ?, ?, ?, ?)
                """, rows);
    }

    /** @return the first of {@code count} positions that are now this transaction's */
    private long takePositions(int count) {
        int locked = jdbc.update("UPDATE feed_head SET position = position + ? WHERE id = 1", count);
        if (locked != 1) {
            throw new IllegalStateException("the head of the event log is missing");
        }
        Long last = jdbc.queryForObject("SELECT position FROM feed_head WHERE id = 1", Long.class);
        return Objects.requireNonNull(last) - count + 1;
    }

    private static Object[] row(long position, NewEvent event) {
        String body = event.body().apply(IdText.of(position));
        if (body.indexOf('\n') >= 0 || body.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("an event's body is one line");
        }
        return new Object[] {
            position, event.type(), event.userId(), event.orderId(), Utc.toColumn(event.occurredAt()), body
        };
    }
}
