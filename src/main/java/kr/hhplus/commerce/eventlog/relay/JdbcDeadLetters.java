package kr.hhplus.commerce.eventlog.relay;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import kr.hhplus.commerce.eventlog.DeadLetter;
import kr.hhplus.commerce.eventlog.EventIds;
import kr.hhplus.commerce.eventlog.Incarnations;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.eventlog.relay.RelayStatus.DeadLetteredEvent;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.kernel.text.TextRules;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Events that the sink has refused permanently. They stay in the log, and the relay continues with the next event. */
@Repository
class JdbcDeadLetters {

    private static final int ERROR_LENGTH_MAX = 500;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    JdbcDeadLetters(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Adds the events. If an event is a dead letter already, the attempts are summed up. */
    void add(List<DeadLetter> refused) {
        for (DeadLetter event : refused) {
            String error = event.reason();
            jdbc.update(
                    """
                    INSERT INTO parked_event (position, error, attempts, parked_at) VALUES (?, ?, ?, ?)
                    ON DUPLICATE KEY UPDATE error = VALUES(error), attempts = attempts + VALUES(attempts),
                        parked_at = VALUES(parked_at)
                    """,
                    event.position(),
                    TextRules.shortened(error, ERROR_LENGTH_MAX),
                    event.attempts(),
                    Utc.toColumn(clock.instant()));
        }
    }

    /** Removes the dead letters among the sent events that the sink has accepted now. */
    void removeDelivered(List<StoredEvent> sent, List<DeadLetter> refused) {
        Set<Long> delivered = new HashSet<>(jdbc.queryForList(
                "SELECT position FROM parked_event WHERE position BETWEEN ? AND ?",
                Long.class,
                sent.get(0).position(),
                sent.get(sent.size() - 1).position()));
        refused.forEach(event -> delivered.remove(event.position()));
        delivered.forEach(position -> jdbc.update("DELETE FROM parked_event WHERE position = ?", position));
    }

    long count() {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT COUNT(*) FROM parked_event", Long.class));
    }

    /** Returns a page of dead letters, newest first. */
    Page<DeadLetteredEvent> page(PageRequest page, Incarnations incarnations) {
        Cursors cursors = page.cursorsOf("parked events");
        List<DeadLetteredEvent> found = jdbc.query(
                """
                SELECT p.position, e.order_id, p.error, p.attempts, p.parked_at
                FROM parked_event p JOIN order_event e ON e.position = p.position
                WHERE p.position < ? ORDER BY p.position DESC LIMIT ?
                """,
                (row, number) -> new DeadLetteredEvent(
                        incarnations.textAt(row.getLong("position")),
                        IdText.of(row.getLong("order_id")),
                        row.getString("error"),
                        row.getInt("attempts"),
                        Utc.fromColumn(row.getObject("parked_at", LocalDateTime.class))),
                EventIds.positionOf(cursors.idBefore()),
                page.size() + 1);
        return Page.of(found, page.size(), cursors, DeadLetteredEvent::eventId);
    }
}
