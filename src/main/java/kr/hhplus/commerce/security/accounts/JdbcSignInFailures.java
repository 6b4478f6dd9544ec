package kr.hhplus.commerce.security.accounts;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts wrong secrets by name and by client address, for all instances together, and enforces growing pauses. Unknown
 * names count like known ones.
 */
@Repository
@ConditionalOnAccounts
class JdbcSignInFailures {

    private static final int ROWS_PER_DELETE = 1_000;
    private static final int NETWORK_BYTES = 8;

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final AccountProperties.LockOut rules;

    JdbcSignInFailures(
            JdbcClient sql, PlatformTransactionManager transactions, Clock clock, AccountProperties properties) {
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.rules = properties.lockOut();
    }

    private record LockedOut(long retryAfterSeconds) implements Refusal {

        @Override
        public ErrorCode code() {
            return ErrorCode.RATE_LIMITED;
        }
    }

    /** @throws RefusedException RATE_LIMITED with the remaining seconds while the name or the address is paused */
    void requireOpen(String name, String address) {
        requireOpen(ofName(name), ofAddress(address));
    }

    /** Checks the address alone, for clients whose name is not counted. */
    void requireOpen(String address) {
        requireOpen(ofAddress(address), ofAddress(address));
    }

    /** Ignores rows without a pause, so that a clock that is a few milliseconds behind does not lock anyone out. */
    private void requireOpen(byte[] one, byte[] other) {
        Instant now = clock.instant();
        LocalDateTime until = sql.sql("""
                        SELECT COALESCE(MAX(closed_until), ?) FROM sign_in_failure
                        WHERE subject IN (?, ?) AND closed_until > last_at""")
                .params(Utc.toColumn(now), one, other)
                .query(LocalDateTime.class)
                .single();
        long millis = Duration.between(now, Utc.fromColumn(until)).toMillis();
        if (millis > 0) {
            throw new RefusedException(new LockedOut((millis + 999) / 1000));
        }
    }

    void failed(String name, String address) {
        count(ofName(name), rules.freeFailures());
        failed(address);
    }

    void failed(String address) {
        count(ofAddress(address), rules.freeFailuresPerClient());
    }

    /** Resets the count of the name. The address keeps its count, or one known account would reset it at will. */
    void succeeded(String name) {
        sql.sql("DELETE FROM sign_in_failure WHERE subject = ?")
                .param(ofName(name))
                .update();
    }

    private void count(byte[] subject, int free) {
        LocalDateTime now = Utc.toColumn(clock.instant());
        transaction.executeWithoutResult(status -> {
            sql.sql("""
                            INSERT INTO sign_in_failure (subject, failures, last_at, closed_until) VALUES (?, 1, ?, ?)
                            ON DUPLICATE KEY UPDATE failures = CASE WHEN last_at < ? THEN 1 ELSE failures + 1 END
                            """)
                    .params(subject, now, now, now.minus(rules.resetAfter()))
                    .update();
            int failures = sql.sql("SELECT failures FROM sign_in_failure WHERE subject = ?")
                    .param(subject)
                    .query(Integer.class)
                    .single();
            sql.sql("UPDATE sign_in_failure SET last_at = ?, closed_until = ? WHERE subject = ?")
                    .params(now, now.plus(rules.pause(failures, free)), subject)
                    .update();
        });
    }

    private static byte[] ofName(String name) {
        return Sha256.of("name " + name);
    }

    private static byte[] ofAddress(String address) {
        return Sha256.of("address " + network(address));
    }

    /** The address, or its /64 network for IPv6, because one subscriber has 2^64 addresses. */
    static String network(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes.length > 4 ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
        } catch (UnknownHostException e) {
            return address;
        }
    }

    /**
     * Deletes some of the rows whose last failure was before an instant.
     *
     * @return whether there may be more
     */
    boolean purge(Instant before) {
        int deleted = sql.sql("DELETE FROM sign_in_failure WHERE last_at < ? LIMIT " + ROWS_PER_DELETE)
                .param(Utc.toColumn(before))
                .update();
        return deleted == ROWS_PER_DELETE;
    }
}
