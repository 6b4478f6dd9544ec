package kr.hhplus.commerce.security.authserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.security.SharedSecrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.keygen.KeyGenerators;

/**
 * The keys that sign access tokens, in an encrypted table that all instances share. The two newest are published. The
 * newest one signs once all instances have read it.
 */
final class TokenKeys implements JWKSource<SecurityContext> {

    private static final Logger log = LoggerFactory.getLogger(TokenKeys.class);

    private static final int PUBLISHED = 2;
    private static final int RSA_BITS = 2048;

    /** Longer than an instance takes to read a new key. */
    private static final Duration UNTIL_SIGNING = Duration.ofMinutes(2);

    private final JdbcClient sql;
    private final List<String> secrets;
    private final Duration rotation;
    private final Clock clock;
    private volatile List<Key> published = List.of();

    private record Key(int number, Instant createdAt, RSAKey jwk) {}

    private record Row(int number, String salt, byte[] jwk, Instant createdAt) {}

    /** @param secrets the first encrypts, and all decrypt */
    TokenKeys(JdbcClient sql, SharedSecrets secrets, Duration rotation, Clock clock) {
        this.sql = sql;
        this.secrets = secrets.texts();
        this.rotation = rotation;
        this.clock = clock;
    }

    /** Reads the keys, and creates one if there is none or the newest is due for rotation. */
    synchronized void refresh() {
        List<Row> rows = rows();
        Optional<Row> newest = rows.stream().findFirst();
        List<Key> keys = keys(rows);
        if (keys.isEmpty() && !published.isEmpty()) {
            // An instance with a newer secret has encrypted them; this one goes on with what it has read before.
            return;
        }
        boolean due = keys.isEmpty() || keys.get(0).createdAt().plus(rotation).isBefore(clock.instant());
        if (due) {
            create(newest.map(Row::number).orElse(0) + 1);
            keys = keys(rows());
        }
        published = keys;
    }

    private List<Row> rows() {
        return sql.sql("SELECT key_number, salt, jwk, created_at FROM signing_key ORDER BY key_number DESC LIMIT "
                        + PUBLISHED)
                .query((row, number) -> new Row(
                        row.getInt("key_number"),
                        row.getString("salt"),
                        row.getBytes("jwk"),
                        Utc.fromColumn(row.getObject("created_at", LocalDateTime.class))))
                .list();
    }

    /** A key that no secret decrypts is skipped: its tokens are not accepted any more. */
    private List<Key> keys(List<Row> rows) {
        List<Key> keys = new ArrayList<>();
        for (Row row : rows) {
            decrypt(row)
                    .ifPresentOrElse(
                            jwk -> keys.add(new Key(row.number(), row.createdAt(), jwk)),
                            () -> log.warn(
                                    "signing key {} was encrypted with another secret and is not used", row.number()));
        }
        return keys;
    }

    private Optional<RSAKey> decrypt(Row row) {
        for (String secret : secrets) {
            try {
                byte[] json = Encryptors.stronger(secret, row.salt()).decrypt(row.jwk());
                RSAKey jwk = RSAKey.parse(new String(json, StandardCharsets.UTF_8));
                if (!secret.equals(secrets.get(0))) {
                    encryptAnew(row, json);
                }
                return Optional.of(jwk);
            } catch (IllegalStateException | ParseException wrongSecret) {
                log.debug("not the secret of signing key {}", row.number());
            }
        }
        return Optional.empty();
    }

    /** With the first secret, so that the one before it can be removed. */
    private void encryptAnew(Row row, byte[] json) {
        sql.sql("UPDATE signing_key SET jwk = ? WHERE key_number = ?")
                .param(Encryptors.stronger(secrets.get(0), row.salt()).encrypt(json))
                .param(row.number())
                .update();
    }

    /** Of two instances that create the same key, one inserts it and both read it. */
    private void create(int number) {
        String salt = KeyGenerators.string().generateKey();
        try {
            RSAKey jwk = new RSAKeyGenerator(RSA_BITS)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            byte[] json = jwk.toJSONString().getBytes(StandardCharsets.UTF_8);
            sql.sql("INSERT INTO signing_key (key_number, salt, jwk, created_at) VALUES (?, ?, ?, ?)")
                    .param(number)
                    .param(salt)
                    .param(Encryptors.stronger(secrets.get(0), salt).encrypt(json))
                    .param(Utc.toColumn(clock.instant()))
                    .update();
        } catch (DuplicateKeyException created) {
            log.debug("another instance has created signing key {}", number);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the id of the key that signs now. */
    String signingKeyId() {
        List<Key> keys = published;
        boolean newestIsKnown =
                keys.size() == 1 || keys.get(0).createdAt().plus(UNTIL_SIGNING).isBefore(clock.instant());
        return keys.get(newestIsKnown ? 0 : 1).jwk().getKeyID();
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        return selector.select(
                new JWKSet(published.stream().map(key -> (JWK) key.jwk()).toList()));
    }
}
