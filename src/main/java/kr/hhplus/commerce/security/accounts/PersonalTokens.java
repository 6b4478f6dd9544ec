package kr.hhplus.commerce.security.accounts;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.text.Sha256;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.tokens.OpaqueTokens;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The personal access tokens of users. A token has the roles of its user and is shown once. */
@Repository
@ConditionalOnAccounts
public class PersonalTokens implements OpaqueTokens {

    /** Of one user. */
    public static final int TOKENS_MAX = 20;

    public static final int NAME_MAX = 100;

    /** The longest life of a token. */
    public static final int DAYS_MAX = 365;

    private static final int SECRET_BYTES = 32;
    private static final long TOKEN_ID_MAX = 1L << 53;
    private static final int ROWS_PER_DELETE = 1_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient sql;
    private final JdbcAccounts accounts;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final PurgeCutoff cutoff;

    PersonalTokens(
            JdbcClient sql,
            JdbcAccounts accounts,
            PlatformTransactionManager transactions,
            Clock clock,
            PurgeCutoff cutoff) {
        this.sql = sql;
        this.accounts = accounts;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.cutoff = cutoff;
    }

    /** A token, without its secret. */
    public record PersonalToken(long tokenId, String name, Instant createdAt, Instant expiresAt) {}

    /** A new token with its secret. */
    public record Created(long tokenId, String name, String token, Instant createdAt, Instant expiresAt) {

        @Override
        public String toString() {
            return "Created[" + tokenId + "]";
        }
    }

    /**
     * Creates a token.
     *
     * @param generation of the session that asks: one that was revoked meanwhile creates no token
     * @param days its life
     * @return the token with its secret, which cannot be read again
     * @throws RefusedException INVALID_REQUEST if name or days are out of bounds or the user has too many tokens;
     *     FORBIDDEN if the generation has ended
     */
    public Created create(long userId, int generation, String name, int days) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.codePointCount(0, stripped.length()) > NAME_MAX) {
            throw new RefusedException(InvalidRequest.at("/name", "Size", 1, NAME_MAX));
        }
        if (days < 1 || days > DAYS_MAX) {
            throw new RefusedException(InvalidRequest.at("/days", "range", 1, DAYS_MAX));
        }
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        Instant createdAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Created token = new Created(
                RANDOM.nextLong(1, TOKEN_ID_MAX),
                stripped,
                PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                createdAt,
                createdAt.plus(Duration.ofDays(days)));
        transaction.executeWithoutResult(status -> {
            if (accounts.lockedGeneration(userId)
                    .filter(now -> now == generation)
                    .isEmpty()) {
                throw new RefusedException(Refusal.of(ErrorCode.FORBIDDEN));
            }
            if (all(userId).size() >= TOKENS_MAX) {
                throw new RefusedException(InvalidRequest.at("/name", "tooManyTokens", TOKENS_MAX));
            }
            insert(userId, token);
        });
        return token;
    }

    private void insert(long userId, Created token) {
        sql.sql("""
            INSERT INTO personal_access_token
                (token_id, user_id, name, hash, generation, created_at, expires_at)
            SELECT ?, user_id, ?, ?, generation, ?, ? FROM account WHERE user_id = ?
            """)
                .param(token.tokenId())
                .param(token.name())
                .param(Sha256.of(token.token()))
                .param(Utc.toColumn(token.createdAt()))
                .param(Utc.toColumn(token.expiresAt()))
                .param(userId)
                .update();
    }

    /** Returns the valid tokens of a user, the newest first. */
    public List<PersonalToken> all(long userId) {
        return sql.sql("""
            SELECT t.token_id, t.name, t.created_at, t.expires_at FROM personal_access_token t
            JOIN account a ON a.user_id = t.user_id AND a.generation = t.generation
            WHERE t.user_id = ? AND t.expires_at > ? ORDER BY t.created_at DESC, t.token_id
            """)
                .param(userId)
                .param(Utc.toColumn(clock.instant()))
                .query((row, number) -> new PersonalToken(
                        row.getLong("token_id"),
                        row.getString("name"),
                        instant(row, "created_at"),
                        instant(row, "expires_at")))
                .list();
    }

    /** Revokes a token; another user's is left alone. It ends within two seconds, when instances look it up again. */
    public void revoke(long userId, long tokenId) {
        sql.sql("DELETE FROM personal_access_token WHERE user_id = ? AND token_id = ?")
                .param(userId)
                .param(tokenId)
                .update();
    }

    @Override
    public Optional<Owner> find(String token) {
        return sql.sql("""
            SELECT t.user_id, t.expires_at, a.admin FROM personal_access_token t
            JOIN account a ON a.user_id = t.user_id AND a.generation = t.generation
            WHERE t.hash = ? AND t.expires_at > ?
            """)
                .param(Sha256.of(token))
                .param(Utc.toColumn(clock.instant()))
                .query((row, number) -> new Owner(
                        Caller.user(row.getLong("user_id"), Account.roles(row.getBoolean("admin"))),
                        instant(row, "expires_at")))
                .optional();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Utc.fromColumn(row.getObject(column, LocalDateTime.class));
    }

    @Scheduled(initialDelayString = "PT4M", fixedDelayString = "PT10M")
    void purge() {
        Duration longest = Duration.ofDays(DAYS_MAX);
        cutoff.of(longest).map(before -> before.plus(longest)).ifPresent(expired -> {
            int deleted = ROWS_PER_DELETE;
            while (deleted == ROWS_PER_DELETE) {
                deleted = sql.sql("DELETE FROM personal_access_token WHERE expires_at < ? LIMIT " + ROWS_PER_DELETE)
                        .param(Utc.toColumn(expired))
                        .update();
            }
        });
    }
}
