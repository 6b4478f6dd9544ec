package kr.hhplus.commerce.security;

import org.springframework.core.env.Environment;

/** Who is let in: whoever shows a token, where credentials are configured; else this machine alone, or everybody. */
enum Access {
    LOCAL,
    OPEN,
    CREDENTIALS;

    static final String PROPERTY = "commerce.access";
    static final String ACCOUNTS = "commerce.accounts.enabled";
    static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

    /** @throws AccessRefusedException where the settings say what is not known, or two things at once */
    static Access of(Environment settings) {
        Access named = named(settings.getProperty(PROPERTY, "local"));
        boolean credentials = settings.getProperty(ACCOUNTS, Boolean.class, false)
                || !settings.getProperty(ISSUER, "").isBlank()
                || !SigningKeys.textsIn(settings).isEmpty();
        if (credentials && named == OPEN) {
            throw new AccessRefusedException(
                    PROPERTY + " is 'open', but credentials are configured as well.",
                    "Take away " + PROPERTY + ", so that every caller shows a token, or take away the credentials.");
        }
        return credentials ? CREDENTIALS : named;
    }

    private static Access named(String value) {
        return switch (value) {
            case "local" -> LOCAL;
            case "open" -> OPEN;
            default ->
                throw new AccessRefusedException(
                        PROPERTY + " is '" + value + "', but only 'local' and 'open' are known.",
                        "Set " + PROPERTY + " to 'local', or to 'open' where a trusted network checks who calls.");
        };
    }
}
