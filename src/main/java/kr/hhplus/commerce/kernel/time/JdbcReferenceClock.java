package kr.hhplus.commerce.kernel.time;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.kernel.time.InstallationClock.Measurement;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The clock that all instances share: the database server's. The embedded database has no clock of its own, so its
 * reference is this machine's wall clock.
 */
@Component
public class JdbcReferenceClock {

    private static final int ROUND_TRIPS_MAX = 5;
    private static final long GOOD_ROUND_TRIP_NANOS = 2_000_000;

    private final JdbcTemplate jdbc;
    private final MachineTime machine;
    private final boolean embedded;

    JdbcReferenceClock(JdbcTemplate jdbc, MachineTime machine) {
        this.jdbc = jdbc;
        this.machine = machine;
        this.embedded = isEmbedded(jdbc);
    }

    private static boolean isEmbedded(JdbcTemplate jdbc) {
        return Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>)
                connection -> connection.getMetaData().getDatabaseProductName().equals("H2")));
    }

    /** Returns the time in milliseconds, without correction, for work that precedes the installation's clock. */
    public static Instant now(JdbcTemplate jdbc) {
        Instant now = isEmbedded(jdbc)
                ? Instant.now()
                : Utc.fromColumn(jdbc.queryForObject("SELECT UTC_TIMESTAMP(3)", LocalDateTime.class));
        return now.truncatedTo(ChronoUnit.MILLIS);
    }

    boolean isEmbedded() {
        return embedded;
    }

    /** Measures several times and returns the fastest round trip, which has the smallest uncertainty. */
    Measurement measure() {
        if (embedded) {
            long before = machine.nanoTime().getAsLong();
            Instant shown = machine.wall().instant();
            return Measurement.of(before, shown, machine.nanoTime().getAsLong());
        }
        return Objects.requireNonNull(jdbc.execute((ConnectionCallback<Measurement>) this::measure));
    }

    private Measurement measure(Connection connection) throws SQLException {
        try (PreparedStatement now = connection.prepareStatement("SELECT UTC_TIMESTAMP(6)")) {
            Measurement best = measure(now);
            for (int i = 1; i < ROUND_TRIPS_MAX && 2 * best.uncertaintyNanos() > GOOD_ROUND_TRIP_NANOS; i++) {
                Measurement next = measure(now);
                best = next.uncertaintyNanos() < best.uncertaintyNanos() ? next : best;
            }
            return best;
        }
    }

    private Measurement measure(PreparedStatement now) throws SQLException {
        long before = machine.nanoTime().getAsLong();
        try (ResultSet row = now.executeQuery()) {
            long after = machine.nanoTime().getAsLong();
            row.next();
            return Measurement.of(before, Utc.fromColumn(row.getObject(1, LocalDateTime.class)), after);
        }
    }

    /** Returns the newest time in the tables that provide it by their primary key or an index. */
    Optional<Instant> newestStored() {
        Stream<Instant> ids = jdbc.queryForList("""
                        SELECT MAX(id) FROM orders
                        UNION ALL SELECT MAX(id) FROM coupon
                        UNION ALL SELECT MAX(id) FROM trail
                        """, Long.class).stream()
                .filter(Objects::nonNull)
                .map(Ids::timeOf);
        Stream<Instant> times = jdbc.queryForList("""
                        SELECT MAX(created_at) FROM idempotency_key
                        UNION ALL
                        SELECT occurred_at FROM order_event WHERE position = (SELECT MAX(position) FROM order_event)
                        UNION ALL
                        SELECT started_at FROM instance WHERE id = (SELECT MAX(id) FROM instance)
                        """, LocalDateTime.class).stream()
                .filter(Objects::nonNull)
                .map(Utc::fromColumn);
        return Stream.concat(ids, times).max(Instant::compareTo);
    }
}
