package kr.hhplus.commerce.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import kr.hhplus.commerce.web.CallerCredentials;
import org.springframework.core.env.Environment;

/**
 * The configured secrets. Each verifies the tokens (HS256) of a back-end that shares it. The first encrypts the keys of
 * the authorization server and signs the cookies of known devices; all of them decrypt and verify, so that a secret can
 * be replaced. None signs tokens of the shop.
 */
public final class SharedSecrets {

    private static final int BYTES_MIN = 32;
    private static final int DISTINCT_CHARACTERS_MIN = 12;
    private static final List<String> EXAMPLE_WORDS =
            List.of("change", "example", "signing-key", "your-", "secret-key");

    private final List<JWK> keys;
    private final List<String> texts;

    private SharedSecrets(List<String> texts) {
        this.texts = texts;
        this.keys = texts.stream().map(SharedSecrets::key).toList();
    }

    /** @throws AccessRefusedException if a key is missing, too short or guessable */
    public static SharedSecrets of(Environment settings) {
        List<String> texts = CallerCredentials.signingKeys(settings);
        if (texts.isEmpty() && settings.getProperty(CallerCredentials.ACCOUNTS, Boolean.class, false)) {
            throw refused("is missing, but " + CallerCredentials.ACCOUNTS + " is true");
        }
        return new SharedSecrets(texts);
    }

    private static JWK key(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String lower = text.toLowerCase(Locale.ROOT);
        if (bytes.length < BYTES_MIN) {
            throw refused("has " + bytes.length + " bytes, fewer than " + BYTES_MIN);
        }
        if (text.chars().distinct().count() < DISTINCT_CHARACTERS_MIN
                || EXAMPLE_WORDS.stream().anyMatch(lower::contains)) {
            throw refused("looks like an example or has too few distinct characters");
        }
        return new OctetSequenceKey.Builder(bytes).algorithm(JWSAlgorithm.HS256).build();
    }

    private static AccessRefusedException refused(String problem) {
        return new AccessRefusedException(
                CallerCredentials.SIGNING_KEY + " " + problem + ".",
                "Set " + CallerCredentials.SIGNING_KEY + " to the output of: openssl rand -base64 48");
    }

    /** The secrets themselves, the first of which encrypts and signs. */
    public List<String> texts() {
        return texts;
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The keys that verify tokens. */
    public JWKSource<SecurityContext> all() {
        return new ImmutableJWKSet<>(new JWKSet(keys));
    }
}
