package kr.hhplus.commerce.security.accounts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.SharedSecrets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Cookies that recognise a device on which a user has signed in before (OWASP, "Slow Down Online Guessing Attacks with
 * Device Cookies"). Wrong passwords of others do not count against such a device. A cookie is not a credential: a
 * password is needed all the same.
 *
 * <p>A cookie is {@code device.expiry.signature}. The signature covers the name and the stored hash of the password, so
 * that the cookie is of use for that name only, and ends when the password changes. The first signing key signs, and
 * all of them verify.
 */
@Component
@ConditionalOnAccounts
class DeviceCookies {

    /** How long a device is recognised after a sign-in. */
    static final Duration LIFE = Duration.ofDays(365);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "device cookie";
    private static final int DEVICE_BYTES = 16;
    private static final Pattern COOKIE = Pattern.compile("([\\w-]{22})\\.(\\d{1,12})\\.([\\w-]{43})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<SecretKeySpec> keys;
    private final Clock clock;

    DeviceCookies(Environment environment, Clock clock) {
        this.keys = SharedSecrets.of(environment).texts().stream()
                .map(text -> key(hmac(key(text.getBytes(StandardCharsets.UTF_8)), PURPOSE)))
                .toList();
        this.clock = clock;
    }

    private static SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Returns a cookie for a new device, on which the user of the account has signed in. */
    String issue(Account account) {
        byte[] device = new byte[DEVICE_BYTES];
        RANDOM.nextBytes(device);
        String unsigned = base64(device) + "." + clock.instant().plus(LIFE).getEpochSecond();
        return unsigned + "." + base64(signature(keys.get(0), unsigned, account));
    }

    /**
     * Returns the device of a cookie.
     *
     * @param cookie as the client sent it
     * @return null if the cookie was not issued for this account and its password, or has expired
     */
    @Nullable
    String device(String cookie, Account account) {
        Matcher parts = COOKIE.matcher(cookie);
        if (!parts.matches()
                || Instant.ofEpochSecond(Long.parseLong(parts.group(2))).isBefore(clock.instant())) {
            return null;
        }
        String unsigned = parts.group(1) + "." + parts.group(2);
        byte[] given = Base64.getUrlDecoder().decode(parts.group(3));
        return keys.stream().anyMatch(key -> MessageDigest.isEqual(given, signature(key, unsigned, account)))
                ? parts.group(1)
                : null;
    }

    private static byte[] signature(SecretKeySpec key, String unsigned, Account account) {
        return hmac(key, String.join("\n", unsigned, account.name(), account.passwordHash()));
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
