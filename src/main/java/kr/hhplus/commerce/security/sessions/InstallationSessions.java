package kr.hhplus.commerce.security.sessions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import kr.hhplus.commerce.kernel.text.Sha256;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.CredentialsRevoked;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.stereotype.Repository;

/**
 * Spring Session's repository by the installation's clock: Spring Session itself asks the clock of this machine when a
 * session is created, used, read and purged. It also limits the lifetime of a session, does not write a row for each
 * request, and stores only a digest of the session id: who can read the table cannot take over a session.
 */
@Primary
@Repository
@ConditionalOnAccounts
class InstallationSessions implements SessionRepository<Session> {

    private static final int ROWS_PER_DELETE = 10_000;

    /** Without an interval Spring Session does not delete an expired session by this machine's clock. */
    private static final String GET_WITHOUT_INTERVAL = """
        SELECT S.PRIMARY_ID, S.SESSION_ID, S.CREATION_TIME, S.LAST_ACCESS_TIME, -1 AS MAX_INACTIVE_INTERVAL,
            SA.ATTRIBUTE_NAME, SA.ATTRIBUTE_BYTES
        FROM %TABLE_NAME% S LEFT JOIN %TABLE_NAME%_ATTRIBUTES SA ON S.PRIMARY_ID = SA.SESSION_PRIMARY_ID
        WHERE S.SESSION_ID = ?
        """;

    private static final int DIGEST_LENGTH = 32;

    private final SessionRepository<Session> jdbc;

    /** The id whose digest Spring Session has taken on this thread as the id of a new session. */
    private final ThreadLocal<String> newId = new ThreadLocal<>();

    private final JdbcTemplate sql;
    private final PageSessionProperties properties;
    private final Clock clock;
    private final PurgeCutoff cutoff;

    InstallationSessions(
            JdbcIndexedSessionRepository jdbc,
            JdbcTemplate sql,
            PageSessionProperties properties,
            Clock clock,
            PurgeCutoff cutoff) {
        this.jdbc = typed(jdbc);
        jdbc.setGetSessionQuery(GET_WITHOUT_INTERVAL);
        jdbc.setSessionIdGenerator(() -> {
            newId.set(UUID.randomUUID().toString());
            return digest(newId.get());
        });
        this.sql = sql;
        this.properties = properties;
        this.clock = clock;
        this.cutoff = cutoff;
    }

    /** Spring Session's session type is not public. */
    @SuppressWarnings("unchecked")
    private static SessionRepository<Session> typed(SessionRepository<?> repository) {
        return (SessionRepository<Session>) repository;
    }

    /** As many characters as fit into the column, which holds a UUID of 36. */
    private static String digest(String id) {
        return Sha256.base64Of(id).substring(0, DIGEST_LENGTH);
    }

    @Override
    public Session createSession() {
        Instant now = clock.instant();
        Session created = jdbc.createSession();
        created.setLastAccessedTime(now);
        created.setMaxInactiveInterval(properties.left(Duration.ZERO));
        return new ClockedSession(created, takeNewId(), now, true);
    }

    private String takeNewId() {
        String id = newId.get();
        newId.remove();
        return id;
    }

    @Override
    public void save(Session session) {
        ClockedSession clocked = (ClockedSession) session;
        jdbc.save(clocked.stored);
        if (clocked.isNew) {
            // Spring Session offers no way to set it.
            sql.update(
                    "UPDATE SPRING_SESSION SET CREATION_TIME = ? WHERE SESSION_ID = ?",
                    clocked.createdAt.toEpochMilli(),
                    clocked.stored.getId());
            clocked.isNew = false;
        }
    }

    @Override
    public Session findById(String id) {
        Session stored = jdbc.findById(digest(id));
        if (stored == null) {
            return null;
        }
        ClockedSession session = new ClockedSession(stored, id, stored.getCreationTime(), false);
        if (session.isExpired()) {
            deleteById(id);
            return null;
        }
        return session;
    }

    @Override
    public void deleteById(String id) {
        jdbc.deleteById(digest(id));
    }

    /** Runs in the transaction that revokes the user's credentials. */
    @EventListener
    void deleteAll(CredentialsRevoked revoked) {
        sql.update("DELETE FROM SPRING_SESSION WHERE PRINCIPAL_NAME = ?", String.valueOf(revoked.userId()));
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void purge() {
        cutoff.of(properties.maxLifetime())
                .map(before -> before.plus(properties.maxLifetime()).toEpochMilli())
                .ifPresent(this::purgeExpired);
    }

    private void purgeExpired(long beforeMillis) {
        int deleted = ROWS_PER_DELETE;
        while (deleted == ROWS_PER_DELETE) {
            deleted = sql.update(
                    "DELETE FROM SPRING_SESSION WHERE EXPIRY_TIME < ? LIMIT " + ROWS_PER_DELETE, beforeMillis);
        }
    }

    /** A session whose times are those of the installation. Each change renews the stored expiry. */
    private final class ClockedSession implements Session {

        private final Session stored;
        private final Instant createdAt;
        private String id;
        private boolean isNew;

        ClockedSession(Session stored, String id, Instant createdAt, boolean isNew) {
            this.stored = stored;
            this.id = id;
            this.createdAt = createdAt;
            this.isNew = isNew;
        }

        private Duration left(Instant at) {
            return properties.left(Duration.between(createdAt, at));
        }

        private void renew(Instant now) {
            if (isNew) {
                return;
            }
            stored.setLastAccessedTime(now);
            stored.setMaxInactiveInterval(left(now));
        }

        /** Once in a while only, so that not every request writes a row. */
        @Override
        public void setLastAccessedTime(Instant byThisMachine) {
            Instant now = clock.instant();
            if (stored.getLastAccessedTime().plus(properties.touchInterval()).isBefore(now)) {
                renew(now);
            }
        }

        @Override
        public boolean isExpired() {
            Instant now = clock.instant();
            Instant lastUsed = stored.getLastAccessedTime();
            return left(now).isZero() || !now.isBefore(lastUsed.plus(left(lastUsed)));
        }

        @Override
        public void setAttribute(String name, Object value) {
            stored.setAttribute(name, value);
            renew(clock.instant());
        }

        @Override
        public void removeAttribute(String name) {
            stored.removeAttribute(name);
            renew(clock.instant());
        }

        @Override
        public String changeSessionId() {
            renew(clock.instant());
            stored.changeSessionId();
            id = takeNewId();
            return id;
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public <T> T getAttribute(String name) {
            return stored.getAttribute(name);
        }

        @Override
        public Set<String> getAttributeNames() {
            return stored.getAttributeNames();
        }

        @Override
        public Instant getCreationTime() {
            return createdAt;
        }

        @Override
        public Instant getLastAccessedTime() {
            return stored.getLastAccessedTime();
        }

        @Override
        public void setMaxInactiveInterval(Duration interval) {
            stored.setMaxInactiveInterval(interval);
        }

        @Override
        public Duration getMaxInactiveInterval() {
            return stored.getMaxInactiveInterval();
        }
    }
}
