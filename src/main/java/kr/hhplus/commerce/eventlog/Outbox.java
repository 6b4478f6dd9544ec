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
 * Appends events to the log. A transaction that has locked {@code feed_head} commits before the next position is
 * assigned, so readers always see a prefix of the log. The price is that appending transactions commit one after the
 * other.
 */
@Component
public class Outbox {

    /** The row of the log's head. Every append locks it, and it is last in the lock order. */
    public static final RowKey HEAD = new RowTable("feed_head", 90, "id").row(1);

    private final JdbcTemplate jdbc;
    private final KnownLogState known;

    /**
     * The last id that this instance has taken. The log may end elsewhere, because other instances append and
     * transactions roll back.
     */
    private volatile long lastTaken;

    Outbox(JdbcTemplate jdbc, KnownLogState known) {
        this.jdbc = jdbc;
        this.known = known;
    }

    /**
     * Appends events in order, in the caller's transaction: the events exist if and only if it commits. Must be called
     * once per transaction and last, because its lock must be the last one.
     *
     * @throws EventLogRewoundException if the database went back in time
     */
    public void append(List<NewEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("events must be appended in the transaction of their change");
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
        recordAfterCommit(id - 1, events.get(events.size() - 1));
    }

    /** @return the first of {@code count} ids, which now belong to this transaction */
    private long takeIds(int count) {
        long newest = known.newest().id();
        long head = lastTaken;
        // The log ends at the known head or later, so a smaller expected head is wrong.
        long first =
                head >= newest && takeAfterExpectedHead(head, count) ? head + 1 : takeAfterLockedHead(count, newest);
        lastTaken = first + count - 1;
        return first;
    }

    /**
     * Takes ids after the expected head. Succeeds if no other instance has appended and no own append was rolled back;
     * then one round trip suffices.
     */
    private boolean takeAfterExpectedHead(long head, int count) {
        return jdbc.update(
                        "UPDATE feed_head SET position = ?"
                                + " WHERE id = 1 AND position = ? AND incarnation = ? AND rewound = FALSE",
                        EventIds.positionOf(head) + count,
                        EventIds.positionOf(head),
                        EventIds.incarnationOf(head))
                == 1;
    }

    /**
     * Takes ids after the actual head.
     *
     * @param newest the id that the log has reached, unless the database went back in time
     */
    private long takeAfterLockedHead(int count, long newest) {
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

    /** @param id the id of the newest event before this transaction's */
    private record Head(long id, boolean rewound) {}

    private void recordAfterCommit(long id, NewEvent last) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                known.recordDurable(id, last.orderId(), last.occurredAt());
            }
        });
    }

    private static String body(NewEvent event, long id) {
        String body = event.body().apply(IdText.of(id));
        if (body.indexOf('\n') >= 0 || body.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("the body of an event must be one line");
        }
        return body;
    }
}
