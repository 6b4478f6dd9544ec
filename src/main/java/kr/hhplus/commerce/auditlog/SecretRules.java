package kr.hhplus.commerce.auditlog;

import java.util.Collection;
import java.util.regex.Pattern;

/** What the trail never holds, even where a caller of it is careless, or a person types a token in the wrong field. */
final class SecretRules {

    private static final Pattern NAMES =
            Pattern.compile("(?i).*(password|passwd|secret|token|credential|authorization|cookie|private.?key).*");
    private static final Pattern TOKENS = Pattern.compile(
            "(?i)\\bbearer\\s+[a-z0-9._~+/-]+=*|\\beyJ[a-z0-9_-]{8,}(\\.[a-z0-9_-]*){1,4}|\\{(bcrypt|argon2)[^}]*}.*");
    private static final String MASK = "***";

    private SecretRules() {}

    /** @throws IllegalArgumentException where one of the names says that its value is a secret */
    static void check(Collection<String> names) {
        for (String name : names) {
            if (NAMES.matcher(name).matches()) {
                throw new IllegalArgumentException("the trail takes no " + name);
            }
        }
    }

    /** The text without what has the form of a token or of a stored password. */
    static String mask(String text) {
        return text == null ? null : TOKENS.matcher(text).replaceAll(MASK);
    }
}
