package kr.hhplus.commerce.eventlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import kr.hhplus.commerce.kernel.database.Utc;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The row of the head: the end of the log, its incarnation, and the newest event that is known to be lost. */
@Repository
class JdbcLogState {

    private static final String SELECT =
            "SELECT position, incarnation, lost_id, lost_at, rewound FROM feed_head WHERE id = 1";

    private final JdbcTemplate jdbc;

    JdbcLogState(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The state of the log.
     *
     * @param lostId the id of the newest event that an instance or a sink knows and this log does not have, or 0
     * @param lostAt the time of that event, or null
     * @param rewound whether an instance has proved that the database went back in time
     */
    record State(
            long position,
            int incarnation,
            long lostId,
            @Nullable Instant lostAt,
            boolean rewound) {

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

    /** Returns the state as {@link #read} does, and locks it until the transaction ends. */
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

    /** Whether the log lacks an event that this process knows, within the incarnation of that event. */
    boolean lacks(KnownLogState.Event event) {
        Long same = jdbc.queryForObject(
                """
                SELECT COUNT(*) FROM feed_head h WHERE h.id = 1
                    AND (h.incarnation > ? OR h.incarnation = ? AND h.position >= ?
                    AND EXISTS (SELECT 1 FROM order_event e WHERE e.position = ? AND e.order_id = ?))
                """,
                Long.class,
                EventIds.incarnationOf(event.id()),
                EventIds.incarnationOf(event.id()),
                event.position(),
                event.position(),
                event.orderId());
        return Objects.requireNonNull(same) == 0;
    }

    /**
     * Stops the log for all instances, unless it has the event after all. The condition is checked in the update,
     * because a server that has taken over may return old rows for a moment, but refuses a write that is based on them.
     */
    void stop(KnownLogState.Event event) {
        jdbc.update(
                """
                UPDATE feed_head SET lost_at = CASE WHEN lost_id = 0 THEN ? ELSE lost_at END,
                    lost_id = CASE WHEN lost_id < ? THEN ? ELSE lost_id END, rewound = TRUE
                WHERE id = 1 AND (incarnation < ? OR incarnation = ? AND (position < ?
                    OR NOT EXISTS (SELECT 1 FROM order_event e WHERE e.position = ? AND e.order_id = ?)))
                """,
                Utc.toColumn(event.occurredAt()),
                event.id(),
                event.id(),
                EventIds.incarnationOf(event.id()),
                EventIds.incarnationOf(event.id()),
                event.position(),
                event.position(),
                event.orderId());
    }

    /** Records that a sink has an event that this log does not have. Orders continue. */
    void sinkIsAhead(long eventId, @Nullable Instant occurredAt) {
        jdbc.update(
                "UPDATE feed_head SET lost_id = ?, lost_at = ? WHERE id = 1 AND lost_id = 0",
                eventId,
                occurredAt == null ? null : Utc.toColumn(occurredAt));
    }

    /** Records that the sink is no longer ahead of this log, for example because its old files were moved away. */
    void sinkIsNotAhead() {
        jdbc.update(
                "UPDATE feed_head SET lost_id = 0, lost_at = NULL WHERE id = 1 AND lost_id <> 0 AND rewound = FALSE");
    }

    /** Starts an incarnation. Must be called under the lock of {@link #lock}. */
    void start(Incarnations.Incarnation next) {
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
