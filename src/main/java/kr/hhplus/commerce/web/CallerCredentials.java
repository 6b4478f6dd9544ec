package kr.hhplus.commerce.web;

import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The settings with which callers need credentials: accounts of the shop, an issuer of tokens, or a signing key. */
public final class CallerCredentials {

    public static final String ACCOUNTS = "commerce.accounts.enabled";
    public static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";
    public static final String SIGNING_KEY = "commerce.accounts.signing-key";

    /** The first characters of each personal access token. */
    public static final String PERSONAL_TOKEN_PREFIX = "hhp_";

    private CallerCredentials() {}

    /** Returns whether callers need credentials. */
    public static boolean areConfigured(Environment settings) {
        return settings.getProperty(ACCOUNTS, Boolean.class, false)
                || !settings.getProperty(ISSUER, "").isBlank()
                || !signingKeys(settings).isEmpty();
    }

    /** Returns the configured secrets for tokens, without blank ones. */
    public static List<String> signingKeys(Environment settings) {
        return Binder.get(settings).bind(SIGNING_KEY, Bindable.listOf(String.class)).orElse(List.of()).stream()
                .filter(text -> !text.isBlank())
                .toList();
    }
}
