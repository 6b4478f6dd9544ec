package kr.hhplus.commerce.security.accounts;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.CredentialsRevoked;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The accounts. The unique row that assigns the user number also reserves the login name. */
@Repository
@ConditionalOnAccounts
class JdbcAccounts {

    /** The issuer of the accounts' numbers in the table that they share with the subjects of other issuers. */
    private static final String ISSUER = "commerce";

    private static final String SELECT = """
        SELECT a.user_id, n.subject, a.password, a.admin, a.sign_up_key, a.generation
        FROM user_number n JOIN account a ON a.user_id = n.user_id
        """;

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    JdbcAccounts(
            JdbcClient sql, PlatformTransactionManager transactions, Clock clock, ApplicationEventPublisher events) {
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.events = events;
    }

    Optional<Account> find(String name) {
        return sql.sql(SELECT + "WHERE n.issuer = ? AND n.subject = ?")
                .param(bytes(ISSUER))
                .param(bytes(name))
                .query(JdbcAccounts::account)
                .optional();
    }

    Optional<Account> find(long userId) {
        return sql.sql(SELECT + "WHERE a.user_id = ?")
                .param(userId)
                .query(JdbcAccounts::account)
                .optional();
    }

    boolean hasAdmin() {
        return sql.sql("SELECT COUNT(*) FROM account WHERE admin = TRUE")
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** @return empty if the name is taken */
    Optional<Account> create(String name, String passwordHash, boolean admin, String signUpKey) {
        try {
            return transaction.execute(status -> {
                sql.sql("INSERT INTO user_number (issuer, subject, created_at) VALUES (?, ?, ?)")
                        .param(bytes(ISSUER))
                        .param(bytes(name))
                        .param(Utc.toColumn(clock.instant()))
                        .update();
                sql.sql("""
                    INSERT INTO account (user_id, password, admin, sign_up_key, created_at)
                    SELECT user_id, ?, ?, ?, created_at FROM user_number WHERE issuer = ? AND subject = ?
                    """)
                        .param(passwordHash)
                        .param(admin)
                        .param(signUpKey == null ? null : bytes(signUpKey))
                        .param(bytes(ISSUER))
                        .param(bytes(name))
                        .update();
                return find(name);
            });
        } catch (DuplicateKeyException taken) {
            return Optional.empty();
        }
    }

    /**
     * Locks the user's account until the transaction ends, so that neither password nor generation change meanwhile. A
     * password change and a new personal access token take this lock first; a session is checked against the
     * generation later.
     *
     * @return the password hash
     */
    Optional<String> lockedPassword(long userId) {
        return sql.sql("SELECT password FROM account WHERE user_id = ? FOR UPDATE")
                .param(userId)
                .query(String.class)
                .optional();
    }

    /** Locks like {@link #lockedPassword}, and returns the generation of the credentials. */
    Optional<Integer> lockedGeneration(long userId) {
        return sql.sql("SELECT generation FROM account WHERE user_id = ? FOR UPDATE")
                .param(userId)
                .query(Integer.class)
                .optional();
    }

    void changePassword(long userId, String passwordHash) {
        sql.sql("UPDATE account SET password = ? WHERE user_id = ?")
                .param(passwordHash)
                .param(userId)
                .update();
    }

    /** @return false if the stored hash is not the former one any more */
    boolean replaceHash(long userId, String former, String hash) {
        return sql.sql("UPDATE account SET password = ? WHERE user_id = ? AND password = ?")
                        .param(hash)
                        .param(userId)
                        .param(former)
                        .update()
                > 0;
    }

    List<Account> administrators() {
        return sql.sql(SELECT + "WHERE a.admin = TRUE ORDER BY a.user_id")
                .query(JdbcAccounts::account)
                .list();
    }

    /**
     * Locks the accounts of the administrators until the transaction ends, so that changes of who they are come one
     * after the other.
     *
     * @return their number
     */
    int lockAdministrators() {
        return sql.sql("SELECT user_id FROM account WHERE admin = TRUE ORDER BY user_id FOR UPDATE")
                .query(Long.class)
                .list()
                .size();
    }

    void setAdmin(long userId, boolean admin) {
        sql.sql("UPDATE account SET admin = ? WHERE user_id = ?")
                .param(admin)
                .param(userId)
                .update();
    }

    /** Starts a new generation of the user's credentials, which ends all others, and publishes it. */
    void revokeCredentials(long userId) {
        transaction.executeWithoutResult(status -> {
            sql.sql("UPDATE account SET generation = generation + 1, revoked_at = ? WHERE user_id = ?")
                    .param(Utc.toColumn(clock.instant()))
                    .param(userId)
                    .update();
            events.publishEvent(new CredentialsRevoked(userId));
        });
    }

    /** Returns the generations of the accounts whose credentials were revoked since an instant. */
    Map<Long, Integer> revokedSince(Instant since) {
        Map<Long, Integer> generations = new HashMap<>();
        sql.sql("SELECT user_id, generation FROM account WHERE revoked_at >= ?")
                .param(Utc.toColumn(since))
                .query((row, number) -> generations.put(row.getLong("user_id"), row.getInt("generation")))
                .list();
        return generations;
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        byte[] key = row.getBytes("sign_up_key");
        return new Account(
                row.getLong("user_id"),
                new String(row.getBytes("subject"), StandardCharsets.UTF_8),
                row.getString("password"),
                row.getBoolean("admin"),
                key == null ? null : new String(key, StandardCharsets.UTF_8),
                row.getInt("generation"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
