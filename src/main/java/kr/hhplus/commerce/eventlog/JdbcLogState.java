package kr.hhplus.commerce.eventlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import kr.hhplus.commerce.kernel.database.Utc;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The head's row: where the log ends, in which incarnation, and which event is known to have been lost. */
@Repository
class JdbcLogState {

    private static final String SELECT =
            "SELECT position, incarnation, lost_id, lost_at, rewound FROM feed_head WHERE id = 1";

    private final JdbcTemplate jdbc;

    JdbcLogState(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param lostId an event that a process or a sink knows and this log has not; 0: there is none
     * @param lostAt when that one happened, or null
     * @param rewound whether a process proved that the database went back in time
     */
    record State(long position, int incarnation, long lostId, Instant lostAt, boolean rewound) {

        long headId() {
            return EventIds.of(incarnation, position);
        }

        boolean sinkIsAhead() {
            return lostId != 0 && !rewound;
        }
    }

    State read() {
        return Objects.requireNonNull(jdbc.queryForObject(SELECT, JdbcLogState::state));
    }

    /** As {@link #read}, locked until the transaction ends. */
    State lock() {
        return Objects.requireNonNull(jdbc.queryForObject(SELECT + " FOR UPDATE", JdbcLogState::state));
    }

    private static State state(ResultSet row, int number) throws SQLException {
        return new State(
                row.getLong("position"),
                row.getInt("incarnation"),
                row.getLong("lost_id"),
                Utc.fromColumn(row.getObject("lost_at", LocalDateTime.class)),
                row.getBoolean("rewound"));
    }

    /** Whether the event that this process knows is no longer in the log, within the incarnation that it is of. */
    boolean lacks(KnownHead.Known known) {
        Long same = jdbc.queryForObject(
                """
                SELECT COUNT(*) FROM feed_head h WHERE h.id = 1
                    AND (h.incarnation > ? OR h.incarnation = ? AND h.position >= ?
                    AND EXISTS (SELECT 1 FROM order_event e WHERE e.position = ? AND e.order_id = ?))
                """,
                Long.class,
                EventIds.incarnationOf(known.id()),
                EventIds.incarnationOf(known.id()),
                known.position(),
                known.position(),
                known.orderId());
        return Objects.requireNonNull(same) == 0;
    }

    /**
     * Stops the log for all instances, unless it has the event after all: a server that took over may show old rows for
     * a moment, and refuses a write that is based on them.
     */
    void stop(KnownHead.Known known) {
        jdbc.update(
                """
                UPDATE feed_head SET lost_at = CASE WHEN lost_id = 0 THEN ? ELSE lost_at END,
                    lost_id = CASE WHEN lost_id < ? THEN ? ELSE lost_id END, rewound = TRUE
                WHERE id = 1 AND (incarnation < ? OR incarnation = ? AND (position < ?
                    OR NOT EXISTS (SELECT 1 FROM order_event e WHERE e.position = ? AND e.order_id = ?)))
                """,
                Utc.toColumn(known.occurredAt()),
                known.id(),
                known.id(),
                EventIds.incarnationOf(known.id()),
                EventIds.incarnationOf(known.id()),
                known.position(),
                known.position(),
                known.orderId());
    }

    /** Notes what a sink knows and this log has not. Orders go on. */
    void sinkIsAhead(long eventId, Instant occurredAt) {
        jdbc.update(
                "UPDATE feed_head SET lost_id = ?, lost_at = ? WHERE id = 1 AND lost_id = 0",
                eventId,
                occurredAt == null ? null : Utc.toColumn(occurredAt));
    }

    /** The sink has nothing that this log has not: its old files were moved away, for example. */
    void sinkIsLevel() {
        jdbc.update(
                "UPDATE feed_head SET lost_id = 0, lost_at = NULL WHERE id = 1 AND lost_id <> 0 AND rewound = FALSE");
    }

    /** Begins an incarnation. To be called under the lock of {@link #lock}. */
    void begin(Incarnations.Incarnation next) {
        jdbc.update(
                "INSERT INTO event_log_incarnation (incarnation, first_position, accepted_at) VALUES (?, ?, ?)",
                next.number(),
                next.firstPosition(),
                Utc.toColumn(next.acceptedAt()));
        jdbc.update(
                "UPDATE feed_head SET incarnation = ?, lost_id = 0, lost_at = NULL, rewound = FALSE WHERE id = 1",
                next.number());
    }
}
