package kr.hhplus.commerce.security.sessions;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.SessionsRevoked;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.accounts.Accounts;
import org.springframework.context.event.EventListener;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The page sessions, in the tables of Spring Session and shared by all instances. Each sign-in gets a new session id.
 * Attributes are plain strings, so that nothing is deserialized.
 */
@Repository
@ConditionalOnAccounts
class JdbcSessions {

    private static final String PRINCIPAL = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;
    private static final String DIGEST = "digest";
    private static final int ROWS_PER_DELETE = 10_000;

    /**
     * Spring Session deletes expired sessions by this machine's clock. Reading a session without an expiry prevents
     * that; the row keeps its expiry.
     */
    private static final String GET_WITHOUT_END = """
            SELECT S.PRIMARY_ID, S.SESSION_ID, S.CREATION_TIME, S.LAST_ACCESS_TIME, -1 AS MAX_INACTIVE_INTERVAL,
                SA.ATTRIBUTE_NAME, SA.ATTRIBUTE_BYTES
            FROM %TABLE_NAME% S LEFT JOIN %TABLE_NAME%_ATTRIBUTES SA ON S.PRIMARY_ID = SA.SESSION_PRIMARY_ID
            WHERE S.SESSION_ID = ?
            """;

    private final JdbcTemplate sql;
    private final FindByIndexNameSessionRepository<Session> sessions;
    private final Accounts accounts;
    private final TransactionTemplate transaction;
    private final PageSessionProperties properties;
    private final Clock clock;
    private final PurgeCutoff cutoff;

    JdbcSessions(
            JdbcTemplate sql,
            PlatformTransactionManager transactions,
            Accounts accounts,
            PageSessionProperties properties,
            Clock clock,
            PurgeCutoff cutoff) {
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
        JdbcIndexedSessionRepository repository = new JdbcIndexedSessionRepository(sql, transaction);
        this.sessions = typed(repository);
        this.accounts = accounts;
        this.properties = properties;
        this.clock = clock;
        this.cutoff = cutoff;
        repository.setDefaultMaxInactiveInterval(properties.left(Duration.ZERO));
        repository.setGetSessionQuery(GET_WITHOUT_END);
        repository.setConversionService(texts());
    }

    /** Spring Session's session type is not public. */
    @SuppressWarnings("unchecked")
    private static FindByIndexNameSessionRepository<Session> typed(FindByIndexNameSessionRepository<?> repository) {
        return (FindByIndexNameSessionRepository<Session>) repository;
    }

    private static GenericConversionService texts() {
        GenericConversionService texts = new GenericConversionService();
        texts.addConverter(Object.class, byte[].class, text -> ((String) text).getBytes(StandardCharsets.UTF_8));
        texts.addConverter(byte[].class, Object.class, bytes -> new String(bytes, StandardCharsets.UTF_8));
        return texts;
    }

    /**
     * Begins a session.
     *
     * @return empty if the password has changed since it was checked
     */
    Optional<SessionCookie> begin(Account account) {
        return transaction.execute(status -> {
            if (!accounts.isUnchanged(account)) {
                return Optional.empty();
            }
            Session session = sessions.createSession();
            SessionCookie cookie = SessionCookie.of(session.getId());
            session.setAttribute(PRINCIPAL, String.valueOf(account.userId()));
            session.setAttribute(DIGEST, cookie.digest());
            session.setLastAccessedTime(clock.instant());
            sessions.save(session);
            // Spring Session takes the creation time from this machine's clock and offers no way to set it.
            sql.update(
                    "UPDATE SPRING_SESSION SET CREATION_TIME = LAST_ACCESS_TIME WHERE SESSION_ID = ?", session.getId());
            return Optional.of(cookie);
        });
    }

    /** @return the current state of the account, empty if the session is unknown or expired */
    Optional<Account> accountOf(SessionCookie cookie) {
        Session session = sessions.findById(cookie.id());
        if (session == null || !cookie.matches(session.getAttribute(DIGEST))) {
            return Optional.empty();
        }
        if (!touch(session)) {
            sessions.deleteById(cookie.id());
            return Optional.empty();
        }
        return accounts.find(Long.parseLong(session.getRequiredAttribute(PRINCIPAL)));
    }

    /**
     * Records the visit. A session that was ended meanwhile stays ended, because only an existing row is updated.
     *
     * @return whether the session is still valid
     */
    private boolean touch(Session session) {
        Instant now = clock.instant();
        Instant lastUsed = session.getLastAccessedTime();
        Duration leftAtLastUse = properties.left(Duration.between(session.getCreationTime(), lastUsed));
        Duration left = properties.left(Duration.between(session.getCreationTime(), now));
        if (left.isZero() || !now.isBefore(lastUsed.plus(leftAtLastUse))) {
            return false;
        }
        if (lastUsed.plus(properties.touchInterval()).isBefore(now)) {
            session.setLastAccessedTime(now);
            session.setMaxInactiveInterval(left);
            sessions.save(session);
        }
        return true;
    }

    void end(SessionCookie cookie) {
        Session session = sessions.findById(cookie.id());
        if (session != null && cookie.matches(session.getAttribute(DIGEST))) {
            sessions.deleteById(cookie.id());
        }
    }

    /** Runs in the transaction that revokes the refresh tokens. */
    @EventListener
    void endAll(SessionsRevoked revoked) {
        sessions.findByPrincipalName(String.valueOf(revoked.userId())).keySet().forEach(sessions::deleteById);
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
}
