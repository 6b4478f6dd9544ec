package kr.hhplus.commerce.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The secrets that sign tokens, from the settings: the first signs, all verify, so that a key can be changed. */
public final class SigningKeys {

    static final String PROPERTY = "commerce.accounts.signing-key";

    private static final int BYTES_MIN = 32;
    private static final int DIFFERENT_MIN = 12;
    private static final int NAME_BYTES = 6;
    private static final List<String> OF_EXAMPLES = List.of("change", "example", "signing-key", "your-", "secret-key");

    private final List<JWK> keys;

    private SigningKeys(List<JWK> keys) {
        this.keys = keys;
    }

    /** @throws AccessRefusedException where a key could be guessed */
    public static SigningKeys of(Environment settings) {
        List<String> texts = textsIn(settings);
        if (texts.isEmpty() && settings.getProperty(Access.ACCOUNTS, Boolean.class, false)) {
            throw refused("is missing, but " + Access.ACCOUNTS + " is true");
        }
        return new SigningKeys(texts.stream().map(SigningKeys::key).toList());
    }

    static List<String> textsIn(Environment settings) {
        return Binder.get(settings).bind(PROPERTY, Bindable.listOf(String.class)).orElse(List.of()).stream()
                .filter(text -> !text.isBlank())
                .toList();
    }

    private static JWK key(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String lower = text.toLowerCase(Locale.ROOT);
        if (bytes.length < BYTES_MIN) {
            throw refused("has " + bytes.length + " bytes, fewer than " + BYTES_MIN);
        }
        if (text.chars().distinct().count() < DIFFERENT_MIN
                || OF_EXAMPLES.stream().anyMatch(lower::contains)) {
            throw refused("looks like an example, or repeats itself");
        }
        return new OctetSequenceKey.Builder(bytes)
                .keyID(nameOf(bytes))
                .algorithm(JWSAlgorithm.HS256)
                .build();
    }

    /** Says in a token's header which key to try, and nothing about the key. */
    private static String nameOf(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return Base64URL.encode(Arrays.copyOf(digest, NAME_BYTES)).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AccessRefusedException refused(String what) {
        return new AccessRefusedException(
                PROPERTY + " " + what + ".", "Set " + PROPERTY + " to the output of: openssl rand -base64 48");
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The key that signs. */
    public JWKSource<SecurityContext> first() {
        return new ImmutableJWKSet<>(new JWKSet(keys.get(0)));
    }

    /** The keys that verify. */
    public JWKSource<SecurityContext> all() {
        return new ImmutableJWKSet<>(new JWKSet(keys));
    }
}
