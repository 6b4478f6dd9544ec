package kr.hhplus.commerce.security.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kr.hhplus.commerce.kernel.AccountAges;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Maps an issuer's subjects to user numbers. A number is assigned at first sight, never changes and is cached, so that
 * an instance queries the database once per user.
 */
@Repository
@ConditionalOnCredentials
class JdbcUserNumbers implements AccountAges {

    /** Smaller numbers belong to the issuer. The migration starts the column's counter here. */
    static final long FIRST_ASSIGNED = 1_000_000_000_001L;

    private static final int KNOWN_MAX = 100_000;

    private final JdbcClient sql;
    private final Clock clock;
    private final Cache<Subject, Long> known =
            Caffeine.newBuilder().maximumSize(KNOWN_MAX).executor(Runnable::run).build();

    private record Subject(String issuer, String name) {}

    JdbcUserNumbers(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** @param issuer null if the token names none */
    long of(String issuer, String name) {
        Subject subject = new Subject(issuer == null ? "" : issuer, name);
        return known.get(subject, unknown -> find(unknown).orElseGet(() -> assign(unknown)));
    }

    private Optional<Long> find(Subject subject) {
        return sql.sql("SELECT user_id FROM user_number WHERE issuer = ? AND subject = ?")
                .param(bytes(subject.issuer()))
                .param(bytes(subject.name()))
                .query(Long.class)
                .optional();
    }

    /** Of two concurrent calls one inserts the row, and both read it. */
    private long assign(Subject subject) {
        try {
            sql.sql("INSERT INTO user_number (issuer, subject, created_at) VALUES (?, ?, ?)")
                    .param(bytes(subject.issuer()))
                    .param(bytes(subject.name()))
                    .param(Utc.toColumn(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            return find(subject).orElseThrow();
        }
        return find(subject).orElseThrow();
    }

    @Override
    public Map<Long, Instant> createdAt(Collection<Long> userIds) {
        Map<Long, Instant> created = new HashMap<>();
        if (!userIds.isEmpty()) {
            sql.sql("SELECT user_id, created_at FROM user_number WHERE user_id IN (:ids)")
                    .param("ids", userIds)
                    .query(row -> {
                        created.put(
                                row.getLong("user_id"),
                                Utc.fromColumn(row.getObject("created_at", LocalDateTime.class)));
                    });
        }
        return created;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
