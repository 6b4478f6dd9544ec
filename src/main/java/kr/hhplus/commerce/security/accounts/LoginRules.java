package kr.hhplus.commerce.security.accounts;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for login names and passwords. */
final class LoginRules {

    static final int NAME_MAX = 100;
    static final int PASSWORD_MIN = 10;
    static final int PASSWORD_MAX = 128;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{2," + (NAME_MAX - 1) + "}");
    /** Digits and symbols around the core of a password; letters of any script belong to the core. */
    private static final Pattern DIGITS_AND_SYMBOLS_AROUND = Pattern.compile("(?U)^[\\d\\W_]+|[\\d\\W_]+$");

    private static final int DISTINCT_CHARACTERS_MIN = 5;
    private static final int CORE_LENGTH_MIN = 4;

    /** The most frequent long passwords of leaked lists, and those of manuals, in lower case. */
    private static final Set<String> COMMON = Set.of(
            "password",
            "passw0rd",
            "p@ssword",
            "p@ssw0rd",
            "changeme",
            "change-me",
            "change_me",
            "letmein",
            "welcome",
            "iloveyou",
            "qwerty",
            "qwertyuiop",
            "asdfghjkl",
            "zxcvbnm",
            "!@#$%^&*()",
            "1q2w3e4r",
            "1q2w3e4r5t",
            "administrator",
            "admin",
            "administrador",
            "superuser",
            "default",
            "secret",
            "test",
            "guest",
            "root",
            "football",
            "baseball",
            "princess",
            "sunshine",
            "dragon",
            "monkey",
            "superman",
            "starwars",
            "trustno1",
            "abc",
            "abcd",
            "qwer",
            "dlrkdls",
            "tkfkdgo",
            "rlarudgus",
            "correcthorsebatterystaple",
            "keycloak",
            "hhplus",
            "commerce",
            "비밀번호");

    private LoginRules() {}

    /** @return the name in lower case, as it is stored; empty if it is not a valid name */
    static Optional<String> name(String given) {
        String name = given == null ? "" : given.toLowerCase(Locale.ROOT);
        return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /** Normalizes to NFC, so that a password is the same on every keyboard. */
    static String normalized(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /** @return the length in code points of the {@link #normalized} text */
    static int length(String password) {
        String normal = normalized(password);
        return normal.codePointCount(0, normal.length());
    }

    /** @return why the password is too weak: {@code Size}, {@code passwordName} or {@code passwordCommon} */
    static Optional<String> weakness(String name, String password) {
        String normal = password == null ? "" : normalized(password);
        int length = length(normal);
        String lower = normal.toLowerCase(Locale.ROOT);
        if (length < PASSWORD_MIN || length > PASSWORD_MAX) {
            return Optional.of("Size");
        }
        if (lower.equals(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("passwordName");
        }
        return isCommon(lower) ? Optional.of("passwordCommon") : Optional.empty();
    }

    /** A common word, also with digits and symbols around it; few distinct characters; or a sequence of digits. */
    private static boolean isCommon(String lower) {
        String core = DIGITS_AND_SYMBOLS_AROUND.matcher(lower).replaceAll("");
        return lower.codePoints().distinct().count() < DISTINCT_CHARACTERS_MIN
                || COMMON.contains(lower)
                || COMMON.contains(core)
                || core.length() < CORE_LENGTH_MIN && isDigitSequence(lower.replaceAll("\\D", ""));
    }

    private static boolean isDigitSequence(String digits) {
        return !digits.isEmpty()
                && ("01234567890123456789".contains(digits) || "98765432109876543210".contains(digits));
    }
}
