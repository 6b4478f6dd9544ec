package kr.hhplus.commerce.eventlog;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import kr.hhplus.commerce.kernel.database.Utc;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The offset of each consumer of the event log: the position of the last event that it has processed. The table is
 * named {@code feed_reader}. Its row {@code on-disk} is not a consumer's; see {@link EventLog#durableAfter}.
 */
@Component
public class ConsumerOffsets {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    ConsumerOffsets(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Registers a consumer at the beginning of the log. Does nothing if it is registered. */
    public void register(String consumer) {
        jdbc.update(
                "INSERT IGNORE INTO feed_reader (name, position, updated_at) VALUES (?, 0, ?)",
                consumer,
                Utc.toColumn(clock.instant()));
    }

    /** Returns the consumer's offset; 0 at the beginning of the log. */
    public long position(String consumer) {
        return jdbc.queryForList("SELECT position FROM feed_reader WHERE name = ?", Long.class, consumer).stream()
                .findFirst()
                .orElse(0L);
    }

    /** Locks the consumer's offset until the transaction ends. Empty while another instance holds the lock. */
    public OptionalLong tryLock(String consumer) {
        List<Long> unlocked = jdbc.queryForList(
                "SELECT position FROM feed_reader WHERE name = ? FOR UPDATE SKIP LOCKED", Long.class, consumer);
        return unlocked.stream().mapToLong(Long::longValue).findFirst();
    }

    /** Advances a registered consumer; never moves it back. */
    public void advance(String consumer, long position) {
        jdbc.update(
                "UPDATE feed_reader SET position = ?, updated_at = ? WHERE name = ? AND position < ?",
                position,
                Utc.toColumn(clock.instant()),
                consumer,
                position);
    }

    /**
     * Advances a registered consumer, in the transaction that processed the events.
     *
     * @throws OptimisticLockingFailureException if the offset is not {@code from}, because another instance has
     *     processed the same events
     */
    public void advance(String consumer, long from, long to) {
        int updated = jdbc.update(
                "UPDATE feed_reader SET position = ?, updated_at = ? WHERE name = ? AND position = ?",
                to,
                Utc.toColumn(clock.instant()),
                consumer,
                from);
        if (updated != 1) {
            throw new OptimisticLockingFailureException("the offset of " + consumer + " is no longer " + from);
        }
    }

    /** Returns the number of events that the consumer has not processed yet. */
    public long behind(String consumer) {
        Long behind = jdbc.queryForObject("""
                SELECT head.position - COALESCE((SELECT r.position FROM feed_reader r WHERE r.name = ?), 0)
                FROM feed_head head WHERE head.id = 1
                """, Long.class, consumer);
        return Objects.requireNonNull(behind);
    }
}
