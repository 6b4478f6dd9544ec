package kr.hhplus.commerce.eventlog.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.text.TextRules;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * The lease of the relay's leader. It expires by the database's clock, independently of the instances' clocks. The
 * leader's error is in the same row, so that every instance can report it.
 */
@Repository
class JdbcLeases {

    private static final int ERROR_LENGTH_MAX = 500;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    JdbcLeases(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The state of the lease and of delivery.
     *
     * @param held whether any instance holds the lease
     * @param error why delivery fails, or null
     * @param failingSince the time of the first failure, or null
     */
    record State(
            boolean held, @Nullable String error, @Nullable Instant failingSince) {}

    /**
     * Takes the lease if it is free or expired, or renews it.
     *
     * @return whether the owner holds it now
     */
    boolean take(String owner, Duration lease) {
        return jdbc.update("""
                UPDATE feed_lease SET owner = ?, expires_at = TIMESTAMPADD(MICROSECOND, ?, NOW(3))
                WHERE name = 'delivery' AND (owner = ? OR expires_at <= NOW(3))
                """, owner, lease.toMillis() * 1_000, owner) == 1;
    }

    /** Releases the lease, so that another instance can take it at once. */
    void release(String owner) {
        jdbc.update(
                "UPDATE feed_lease SET owner = '', expires_at = NOW(3) WHERE name = 'delivery' AND owner = ?", owner);
    }

    /**
     * Releases the lease of any owner. For the embedded database: only one process uses it at a time, so an earlier
     * holder has ended.
     */
    void releaseAll() {
        jdbc.update("UPDATE feed_lease SET owner = '', expires_at = NOW(3) WHERE name = 'delivery'");
    }

    void recordFailure(String error) {
        String text = TextRules.shortened(error, ERROR_LENGTH_MAX);
        jdbc.update(
                "UPDATE feed_lease SET error = ?, failing_since = COALESCE(failing_since, ?) WHERE name = 'delivery'",
                text,
                Utc.toColumn(clock.instant()));
    }

    void recordSuccess() {
        jdbc.update("UPDATE feed_lease SET error = NULL, failing_since = NULL WHERE name = 'delivery'");
    }

    State state() {
        return jdbc.queryForObject(
                "SELECT expires_at > NOW(3) AS held, error, failing_since FROM feed_lease WHERE name = 'delivery'",
                (row, number) -> new State(
                        row.getBoolean("held"),
                        row.getString("error"),
                        Utc.fromColumn(row.getObject("failing_since", LocalDateTime.class))));
    }
}
