package kr.hhplus.commerce.eventlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import kr.hhplus.commerce.kernel.database.Utc;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads the event log: committed events in order and without gaps, with any number of concurrent writers. */
@Component
public class EventLog {

    private static final int CHARS_MAX = 4 << 20;
    private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofMinutes(1);

    private final JdbcTemplate jdbc;
    private final KnownLogState known;
    private long durableId;

    EventLog(JdbcTemplate jdbc, KnownLogState known) {
        this.jdbc = jdbc;
        this.known = known;
    }

    /**
     * Returns the events after a position, oldest first. Large events make shorter lists. Only an empty list means that
     * there are no more events yet.
     */
    public List<StoredEvent> after(long position, int limit) {
        List<StoredEvent> events = jdbc.query("""
                SELECT position, type, user_id, order_id, occurred_at, body FROM order_event
                WHERE position > ? ORDER BY position LIMIT ?
                """, EventLog::upToCharsMax, position, limit);
        if (events.isEmpty()) {
            return events;
        }
        Incarnations incarnations = incarnations();
        return incarnations.current().number() == 0
                ? events
                : events.stream().map(event -> event.in(incarnations)).toList();
    }

    /** Returns the incarnations of the log. Each position belongs to one of them. */
    public Incarnations incarnations() {
        return new Incarnations(jdbc.query(
                "SELECT incarnation, first_position, accepted_at FROM event_log_incarnation ORDER BY incarnation",
                (row, number) -> new Incarnations.Incarnation(
                        row.getInt("incarnation"),
                        row.getLong("first_position"),
                        Utc.fromColumn(row.getObject("accepted_at", LocalDateTime.class)))));
    }

    /**
     * Returns the last position up to which this log and a sink have the same events.
     *
     * @param id the id of the sink's newest event
     * @param body the body of that event
     * @throws SinkAheadException if the log does not have that event, and no accepted incarnation explains this
     */
    public long sharedWith(long id, String body) throws SinkAheadException {
        Incarnations incarnations = incarnations();
        long position = EventIds.positionOf(id);
        if (incarnations.isLost(id)) {
            return incarnations.lastSharedWith(EventIds.incarnationOf(id));
        }
        List<StoredEvent> stored = after(position - 1, 1);
        if (stored.isEmpty()
                || stored.get(0).number() != id
                || !stored.get(0).body().equals(body)) {
            throw new SinkAheadException(id, body);
        }
        return position;
    }

    /**
     * Returns the events after a position as {@link #after} does, but only events that a crash of the database cannot
     * take back. Readers outside the database need this. Databases show a commit a moment before it is on disk. A later
     * commit that has returned has forced all visible commits to disk, so this method makes one.
     */
    public List<StoredEvent> durableAfter(long position, int limit) {
        List<StoredEvent> events = after(position, limit);
        if (!events.isEmpty()) {
            makeDurable(events.get(events.size() - 1));
        }
        return events;
    }

    private synchronized void makeDurable(StoredEvent last) {
        if (last.number() > durableId) {
            // Not a consumer: a row whose only purpose is the commit of its update. Its position counts these commits.
            jdbc.update("""
                    INSERT INTO feed_reader (name, position, updated_at) VALUES ('on-disk', 1, '2000-01-01 00:00:00')
                    ON DUPLICATE KEY UPDATE position = position + 1""");
            durableId = last.number();
            known.recordDurable(last.number(), last.orderId(), last.occurredAt());
        }
    }

    /** Returns the position of the newest event, or 0. */
    public long head() {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT position FROM feed_head WHERE id = 1", Long.class));
    }

    /**
     * Returns a position from which no event of that time or later is missed: up to a minute early, because the clocks
     * of instances differ, or one after the head if all events are older. Uses binary search, because there is no index
     * by time.
     */
    public long startingAt(Instant time) {
        return firstAt(time.minus(CLOCK_DIFFERENCE_MAX));
    }

    /** Returns the first position of that time or later, or one after the head if all events are older. */
    long firstAt(Instant time) {
        long low = 1;
        long high = head() + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            boolean older = occurredAt(middle).map(at -> at.isBefore(time)).orElse(true);
            low = older ? middle + 1 : low;
            high = older ? high : middle;
        }
        return low;
    }

    /** Returns the time of the event at that position. Empty if there is none. */
    public Optional<Instant> occurredAt(long position) {
        return jdbc
                .queryForList("SELECT occurred_at FROM order_event WHERE position = ?", LocalDateTime.class, position)
                .stream()
                .findFirst()
                .map(Utc::fromColumn);
    }

    private static List<StoredEvent> upToCharsMax(ResultSet rows) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        long chars = 0;
        while (chars < CHARS_MAX && rows.next()) {
            StoredEvent event = event(rows);
            chars += event.body().length();
            events.add(event);
        }
        return events;
    }

    private static StoredEvent event(ResultSet row) throws SQLException {
        return new StoredEvent(
                0,
                row.getLong("position"),
                row.getString("type"),
                row.getLong("user_id"),
                row.getLong("order_id"),
                Utc.fromColumn(row.getObject("occurred_at", LocalDateTime.class)),
                row.getString("body"));
    }
}
