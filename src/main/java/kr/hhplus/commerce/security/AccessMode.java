package kr.hhplus.commerce.security;

import kr.hhplus.commerce.web.CallerCredentials;
import org.springframework.core.env.Environment;

/** The access mode: loopback only (the default), open to every caller, or callers with credentials. */
enum AccessMode {
    LOCAL,
    OPEN,
    CREDENTIALS;

    static final String PROPERTY = "commerce.access";

    /** @throws AccessRefusedException if the settings are unknown or contradict each other */
    static AccessMode of(Environment settings) {
        AccessMode named = named(settings.getProperty(PROPERTY, "local"));
        boolean credentials = CallerCredentials.areConfigured(settings);
        if (credentials && named == OPEN) {
            throw new AccessRefusedException(
                    PROPERTY + " is 'open', but credentials are configured as well.",
                    "Remove " + PROPERTY + " to require a token of every caller, or remove the credentials.");
        }
        return credentials ? CREDENTIALS : named;
    }

    private static AccessMode named(String value) {
        return switch (value) {
            case "local" -> LOCAL;
            case "open" -> OPEN;
            default ->
                throw new AccessRefusedException(
                        PROPERTY + " is '" + value + "'; the values are 'local' and 'open'.",
                        "Set " + PROPERTY
                                + " to 'local', or to 'open' behind a trusted network that authenticates callers.");
        };
    }
}
