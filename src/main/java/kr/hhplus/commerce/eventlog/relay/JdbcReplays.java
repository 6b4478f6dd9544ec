package kr.hhplus.commerce.eventlog.relay;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The latest replay: its events and its progress, which survive restarts. */
@Repository
class JdbcReplays {

    /** The row that {@link #lock} locks. */
    static final RowKey ROW = new RowTable("feed_replay", 5, "id").row(1);

    private final JdbcTemplate jdbc;

    JdbcReplays(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A replay of the positions {@code from..to}. Those up to {@code position} have been sent. */
    record Replay(long id, long from, long to, long position, Instant requestedAt) {

        boolean isFinished() {
            return position >= to;
        }

        String name() {
            return IdText.of(id);
        }
    }

    /** Returns the latest replay, running or finished. */
    Replay latest() {
        return read("");
    }

    /** Returns the latest replay, and locks it until the transaction ends. */
    Replay lock() {
        return read(" FOR UPDATE");
    }

    private Replay read(String lock) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT replay_id, from_position, to_position, position, requested_at FROM feed_replay WHERE id = 1"
                        + lock,
                (row, number) -> new Replay(
                        row.getLong("replay_id"),
                        row.getLong("from_position"),
                        row.getLong("to_position"),
                        row.getLong("position"),
                        Utc.fromColumn(row.getObject("requested_at", LocalDateTime.class)))));
    }

    /** Replaces the latest replay by this one. */
    void replace(Replay replay) {
        jdbc.update(
                """
                UPDATE feed_replay SET replay_id = ?, from_position = ?, to_position = ?, position = ?,
                    requested_at = ? WHERE id = 1
                """, replay.id(), replay.from(), replay.to(), replay.position(), Utc.toColumn(replay.requestedAt()));
    }

    /** Advances this replay. Does nothing if another replay has replaced it. */
    void advance(Replay replay, long position) {
        jdbc.update(
                "UPDATE feed_replay SET position = ? WHERE id = 1 AND replay_id = ? AND position < ?",
                position,
                replay.id(),
                position);
    }
}
