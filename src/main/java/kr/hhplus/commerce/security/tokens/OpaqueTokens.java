package kr.hhplus.commerce.security.tokens;

import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.web.CallerCredentials;

/** Tokens that are looked up, because they contain nothing: those that users make for scripts. */
public interface OpaqueTokens {

    /** The first characters of each token, so that secret scanners recognise a leaked one. */
    String PREFIX = CallerCredentials.PERSONAL_TOKEN_PREFIX;

    /**
     * The owner of a token.
     *
     * @param expiresAt when the token expires
     */
    record Owner(Caller caller, Instant expiresAt) {}

    /** Reads the owner; empty if the token is unknown, expired or revoked. */
    Optional<Owner> find(String token);
}
