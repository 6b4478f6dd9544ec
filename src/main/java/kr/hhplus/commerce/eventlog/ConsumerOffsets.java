package kr.hhplus.commerce.eventlog;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import kr.hhplus.commerce.kernel.database.Utc;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How far each reader of the log has come. A position is that of the last event that a reader is done with. */
@Component
public class ConsumerOffsets {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    ConsumerOffsets(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Makes the reader known, at the beginning of the log; one that is known stays where it is. */
    public void register(String reader) {
        jdbc.update(
                "INSERT IGNORE INTO feed_reader (name, position, updated_at) VALUES (?, 0, ?)",
                reader,
                Utc.toColumn(clock.instant()));
    }

    /** Where the reader is; 0 at the beginning. */
    public long position(String reader) {
        return jdbc.queryForList("SELECT position FROM feed_reader WHERE name = ?", Long.class, reader).stream()
                .findFirst()
                .orElse(0L);
    }

    /** Where the reader is, locked until the transaction ends; nothing while another instance holds it. */
    public OptionalLong tryLock(String reader) {
        List<Long> free = jdbc.queryForList(
                "SELECT position FROM feed_reader WHERE name = ? FOR UPDATE SKIP LOCKED", Long.class, reader);
        return free.stream().mapToLong(Long::longValue).findFirst();
    }

    /** Moves a registered reader on; never back. */
    public void advance(String reader, long position) {
        jdbc.update(
                "UPDATE feed_reader SET position = ?, updated_at = ? WHERE name = ? AND position < ?",
                position,
                Utc.toColumn(clock.instant()),
                reader,
                position);
    }

    /**
     * Moves a registered reader on from exactly where it was found, in the transaction of what it did with the events.
     *
     * @throws OptimisticLockingFailureException where it is somewhere else: another instance has taken the same events
     */
    public void advance(String reader, long from, long to) {
        int moved = jdbc.update(
                "UPDATE feed_reader SET position = ?, updated_at = ? WHERE name = ? AND position = ?",
                to,
                Utc.toColumn(clock.instant()),
                reader,
                from);
        if (moved != 1) {
            throw new OptimisticLockingFailureException("reader " + reader + " is no longer at " + from);
        }
    }

    /** How many events the reader has yet to see. */
    public long behind(String reader) {
        Long behind = jdbc.queryForObject("""
                SELECT head.position - COALESCE((SELECT r.position FROM feed_reader r WHERE r.name = ?), 0)
                FROM feed_head head WHERE head.id = 1
                """, Long.class, reader);
        return Objects.requireNonNull(behind);
    }
}
