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
 * The sessions, in the tables of Spring Session: begun with a new id each time, for all instances, ended with all other
 * sign-ins of the user. Texts are all that is kept in them: nothing is deserialized.
 */
@Repository
@ConditionalOnAccounts
class JdbcSessions {

    private static final String PRINCIPAL = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;
    private static final String DIGEST = "digest";
    private static final int FORGOTTEN_AT_ONCE = 10_000;

    /**
     * Spring Session compares a session's end with this machine's own clock, and deletes it. It leaves one alone
     * that is read as without an end; the row keeps its end.
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

    /** Their type has no name outside of Spring Session. */
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

    /** Nothing, where the password that was compared has been changed meanwhile. */
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
            // When it began Spring Session takes from this machine's own clock, and lets nobody change.
            sql.update(
                    "UPDATE SPRING_SESSION SET CREATION_TIME = LAST_ACCESS_TIME WHERE SESSION_ID = ?", session.getId());
            return Optional.of(cookie);
        });
    }

    /** The account as it is now, where the session still holds. */
    Optional<Account> accountOf(SessionCookie cookie) {
        Session session = sessions.findById(cookie.id());
        if (session == null || !cookie.holds(session.getAttribute(DIGEST))) {
            return Optional.empty();
        }
        if (!touch(session)) {
            sessions.deleteById(cookie.id());
            return Optional.empty();
        }
        return accounts.find(Long.parseLong(session.getRequiredAttribute(PRINCIPAL)));
    }

    /** One that has been ended meanwhile stays so: only a row that is there is changed. @return whether time is left */
    private boolean touch(Session session) {
        Instant now = clock.instant();
        Instant used = session.getLastAccessedTime();
        Duration leftThen = properties.left(Duration.between(session.getCreationTime(), used));
        Duration left = properties.left(Duration.between(session.getCreationTime(), now));
        if (left.isZero() || !now.isBefore(used.plus(leftThen))) {
            return false;
        }
        if (used.plus(properties.touchInterval()).isBefore(now)) {
            session.setLastAccessedTime(now);
            session.setMaxInactiveInterval(left);
            sessions.save(session);
        }
        return true;
    }

    void end(SessionCookie cookie) {
        Session session = sessions.findById(cookie.id());
        if (session != null && cookie.holds(session.getAttribute(DIGEST))) {
            sessions.deleteById(cookie.id());
        }
    }

    /** In the transaction that ends the others. */
    @EventListener
    void endAll(SessionsRevoked ended) {
        sessions.findByPrincipalName(String.valueOf(ended.userId())).keySet().forEach(sessions::deleteById);
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void forget() {
        cutoff.of(properties.maxLifetime())
                .map(before -> before.plus(properties.maxLifetime()).toEpochMilli())
                .ifPresent(this::forgetThoseThatEnded);
    }

    private void forgetThoseThatEnded(long beforeMillis) {
        int gone = FORGOTTEN_AT_ONCE;
        while (gone == FORGOTTEN_AT_ONCE) {
            gone = sql.update(
                    "DELETE FROM SPRING_SESSION WHERE EXPIRY_TIME < ? LIMIT " + FORGOTTEN_AT_ONCE, beforeMillis);
        }
    }
}
