package kr.hhplus.commerce.security.accounts;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.SessionsRevoked;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Refresh tokens for one use each. A token that is used twice may be stolen, so its whole family (all tokens of the
 * same sign-in) is revoked.
 */
@Repository
@ConditionalOnAccounts
class JdbcRefreshTokens {

    private static final int BYTES = 32;
    private static final int ROWS_PER_DELETE = 1_000;

    private final JdbcClient sql;
    private final JdbcAccounts accounts;
    private final TransactionTemplate transaction;
    private final Ids ids;
    private final Clock clock;
    private final AccountProperties properties;
    private final ApplicationEventPublisher events;
    private final SecureRandom random = new SecureRandom();

    JdbcRefreshTokens(
            JdbcClient sql,
            JdbcAccounts accounts,
            PlatformTransactionManager transactions,
            Ids ids,
            Clock clock,
            AccountProperties properties,
            ApplicationEventPublisher events) {
        this.sql = sql;
        this.accounts = accounts;
        this.transaction = new TransactionTemplate(transactions);
        this.ids = ids;
        this.clock = clock;
        this.properties = properties;
        this.events = events;
    }

    /** The next token of a family and its user. */
    record Next(long userId, String token) {}

    private record Owner(long family, long userId) {}

    /**
     * Issues the first token of a new family.
     *
     * @return empty if the password has changed since it was checked
     */
    Optional<String> first(Account account) {
        return transaction.execute(status -> accounts.lockedPassword(account.userId())
                .filter(account.password()::equals)
                .map(unchanged -> insert(new Owner(ids.next(), account.userId()))));
    }

    /**
     * Exchanges a token for the next one.
     *
     * @return empty if the token is unknown, expired or already used
     */
    Optional<Next> rotate(String token) {
        byte[] hash = Secrets.sha256(token);
        Instant now = clock.instant();
        return transaction.execute(status -> {
            owner(hash).ifPresent(o -> accounts.lockedPassword(o.userId()));
            boolean used = sql.sql("UPDATE refresh_token SET used_at = ?"
                                    + " WHERE hash = ? AND used_at IS NULL AND expires_at > ?")
                            .param(Utc.toColumn(now))
                            .param(hash)
                            .param(Utc.toColumn(now))
                            .update()
                    == 1;
            Optional<Owner> owner = owner(hash);
            if (!used) {
                owner.ifPresent(o -> end(o.family(), o.userId()));
                return Optional.empty();
            }
            return owner.map(o -> new Next(o.userId(), insert(o)));
        });
    }

    /**
     * Revokes the family of a token if it belongs to the user.
     *
     * @return whether it did
     */
    boolean end(String token, long userId) {
        return transaction.execute(status -> {
            accounts.lockedPassword(userId);
            return owner(Secrets.sha256(token))
                    .filter(owner -> end(owner.family(), userId))
                    .isPresent();
        });
    }

    /** Revokes all tokens of the user and, by an event, the sessions of the pages. */
    void endAll(long userId) {
        transaction.executeWithoutResult(status -> {
            accounts.lockedPassword(userId);
            accounts.revoke(userId);
            sql.sql("DELETE FROM refresh_token WHERE user_id = ?").param(userId).update();
            events.publishEvent(new SessionsRevoked(userId));
        });
    }

    private boolean end(long family, long userId) {
        return sql.sql("DELETE FROM refresh_token WHERE family = ? AND user_id = ?")
                        .param(family)
                        .param(userId)
                        .update()
                > 0;
    }

    private Optional<Owner> owner(byte[] hash) {
        return sql.sql("SELECT family, user_id FROM refresh_token WHERE hash = ?")
                .param(hash)
                .query((row, number) -> new Owner(row.getLong("family"), row.getLong("user_id")))
                .optional();
    }

    private String insert(Owner owner) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sql.sql("INSERT INTO refresh_token (hash, family, user_id, expires_at) VALUES (?, ?, ?, ?)")
                .param(Secrets.sha256(token))
                .param(owner.family())
                .param(owner.userId())
                .param(Utc.toColumn(clock.instant().plus(properties.refreshTokenLife())))
                .update();
        return token;
    }

    /**
     * Deletes some of the tokens that expired before an instant.
     *
     * @return whether there may be more
     */
    boolean purge(Instant before) {
        int deleted = sql.sql("DELETE FROM refresh_token WHERE expires_at < ? LIMIT " + ROWS_PER_DELETE)
                .param(Utc.toColumn(before))
                .update();
        return deleted == ROWS_PER_DELETE;
    }
}
