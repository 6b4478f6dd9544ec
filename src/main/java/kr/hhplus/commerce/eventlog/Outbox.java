package kr.hhplus.commerce.eventlog;

import java.util.List;
import java.util.Objects;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.database.JdbcRows;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
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
    private final KnownHead known;

    /** The last id taken here. Only a guess at where the log ends: others append too, and some roll back. */
    private volatile long lastTaken;

    Outbox(JdbcTemplate jdbc, KnownHead known) {
        this.jdbc = jdbc;
        this.known = known;
    }

    /**
     * Appends in the order given, in the caller's transaction: the events exist if and only if it commits. To be called
     * once per transaction and last, because its lock must be the last one taken.
     *
     * @throws EventLogRewoundException where the database went back in time
     */
    public void append(List<NewEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("events are appended in the transaction of what they tell, or not at all");
        }
        if (events.isEmpty()) {
            return;
        }
        known.requireIntact();
        long id = takeIds(events.size());
        JdbcRows rows = new JdbcRows(jdbc, "order_event (position, type, user_id, order_id, occurred_at, body)");
        for (NewEvent event : events) {
            rows.row().numbers(EventIds.positionOf(id)).text(event.type()).numbers(event.userId(), event.orderId());
            rows.time(event.occurredAt()).text(body(event, id));
            id++;
        }
        rows.execute();
        rememberOnceCommitted(id - 1, events.get(events.size() - 1));
    }

    /** @return the first of {@code count} ids that are now this transaction's */
    private long takeIds(int count) {
        long newest = known.newest().id();
        long head = lastTaken;
        // The log ends where this process knows it to, or later: a guess below that cannot be right.
        long first = head >= newest && takeAfter(head, count) ? head + 1 : takeAnywhere(count, newest);
        lastTaken = first + count - 1;
        return first;
    }

    /** Right where nobody else has appended, and nothing of one's own was rolled back: one round trip, not two. */
    private boolean takeAfter(long head, int count) {
        return jdbc.update(
                        "UPDATE feed_head SET position = ?"
                                + " WHERE id = 1 AND position = ? AND incarnation = ? AND rewound = FALSE",
                        EventIds.positionOf(head) + count,
                        EventIds.positionOf(head),
                        EventIds.incarnationOf(head))
                == 1;
    }

    /** @param newest the id that the log has reached already, unless the database went back in time */
    private long takeAnywhere(int count, long newest) {
        int locked = jdbc.update("UPDATE feed_head SET position = position + ? WHERE id = 1", count);
        if (locked != 1) {
            throw new IllegalStateException("the head of the event log is missing");
        }
        Head head = Objects.requireNonNull(jdbc.queryForObject(
                "SELECT position, incarnation, rewound FROM feed_head WHERE id = 1",
                (row, number) -> new Head(
                        EventIds.of(row.getInt("incarnation"), row.getLong("position") - count),
                        row.getBoolean("rewound"))));
        if (head.rewound() || head.id() < newest) {
            known.rewound(true);
            known.requireIntact();
        }
        return head.id() + 1;
    }

    /** @param id of the newest event before this transaction's */
    private record Head(long id, boolean rewound) {}

    private void rememberOnceCommitted(long id, NewEvent last) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                known.onDisk(id, last.orderId(), last.occurredAt());
            }
        });
    }

    private static String body(NewEvent event, long id) {
        String body = event.body().apply(IdText.of(id));
        if (body.indexOf('\n') >= 0 || body.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("an event's body is one line");
        }
        return body;
    }
}
