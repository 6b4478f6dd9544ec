package kr.hhplus.commerce.security.accounts;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a login name and a password may be. */
final class LoginRules {

    static final int NAME_MAX = 100;
    static final int PASSWORD_MIN = 10;
    static final int PASSWORD_MAX = 128;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{2," + (NAME_MAX - 1) + "}");
    /** Letters of every script are no signs. */
    private static final Pattern AROUND = Pattern.compile("(?U)^[\\d\\W_]+|[\\d\\W_]+$");

    private static final int DIFFERENT_MIN = 5;
    private static final int LEAST_SECRET_PART = 4;

    /** Of the lists of leaked passwords, the long ones that lead, and what manuals use. Lower case. */
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

    /** The name as it is kept: lower case; or nothing where it is none. */
    static Optional<String> name(String given) {
        String name = given == null ? "" : given.toLowerCase(Locale.ROOT);
        return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /** One way to write each password, whatever keyboard it came from. */
    static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    /** As it counts against the bounds: characters of the {@link #normal} text, not of what was sent. */
    static int length(String password) {
        String normal = normal(password);
        return normal.codePointCount(0, normal.length());
    }

    /** What is against a password for that name: {@code Size}, {@code passwordName} or {@code passwordCommon}. */
    static Optional<String> weakness(String name, String password) {
        String normal = password == null ? "" : normal(password);
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

    /** A common word with digits and signs around it is no less common; nor are few signs over and over, or a row. */
    private static boolean isCommon(String lower) {
        String core = AROUND.matcher(lower).replaceAll("");
        return lower.codePoints().distinct().count() < DIFFERENT_MIN
                || COMMON.contains(lower)
                || COMMON.contains(core)
                || core.length() < LEAST_SECRET_PART && isRow(lower.replaceAll("\\D", ""));
    }

    private static boolean isRow(String digits) {
        return !digits.isEmpty()
                && ("01234567890123456789".contains(digits) || "98765432109876543210".contains(digits));
    }
}
