package kr.hhplus.commerce.auditlog;

import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps secrets out of the audit log, also when a client sends a token in the wrong field. */
final class SecretRules {

    private static final Pattern NAMES =
            Pattern.compile("(?i).*(password|passwd|secret|token|credential|authorization|cookie|private.?key).*");
    private static final Pattern TOKENS = Pattern.compile(
            "(?i)\\bbearer\\s+[a-z0-9._~+/-]+=*|\\beyJ[a-z0-9_-]{8,}(\\.[a-z0-9_-]*){1,4}|\\{(bcrypt|argon2)[^}]*}.*");
    private static final String MASK = "***";

    private SecretRules() {}

    /** @throws IllegalArgumentException if a name suggests a secret value */
    static void check(Collection<String> names) {
        for (String name : names) {
            if (NAMES.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "audit log entries must not contain secrets: remove the value '" + name + "'");
            }
        }
    }

    /** Masks tokens and password hashes in a text. */
    static @Nullable String mask(@Nullable String text) {
        return text == null ? null : TOKENS.matcher(text).replaceAll(MASK);
    }
}
