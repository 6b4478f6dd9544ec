package kr.hhplus.commerce.security.tokens;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Passes a token to the authentication manager of its kind or issuer. The algorithm alone tells the shop's own secrets
 * from public keys, so that a public key cannot be used as a secret.
 */
final class TokenVerifier implements AuthenticationManager {

    private final @Nullable AuthenticationManager opaque;
    private final @Nullable AuthenticationManager secrets;
    private final @Nullable AuthenticationManager issuer;

    /**
     * Creates a verifier.
     *
     * @param opaque for personal access tokens; null without accounts
     * @param secrets for tokens that are signed with a secret of the shop; null if there is none
     * @param issuer for tokens of the external issuer; null if there is none
     */
    TokenVerifier(
            @Nullable AuthenticationManager opaque,
            @Nullable AuthenticationManager secrets,
            @Nullable AuthenticationManager issuer) {
        this.opaque = opaque;
        this.secrets = secrets;
        this.issuer = issuer;
    }

    @Override
    public Authentication authenticate(Authentication request) {
        AuthenticationManager chosen = managerOf(((BearerTokenAuthenticationToken) request).getToken());
        if (chosen == null) {
            throw new InvalidBearerTokenException("no issuer for this kind of token");
        }
        return chosen.authenticate(request);
    }

    private @Nullable AuthenticationManager managerOf(String token) {
        if (token.startsWith(OpaqueTokens.PREFIX)) {
            return opaque;
        }
        try {
            boolean secret =
                    JWSAlgorithm.HS256.equals(JWTParser.parse(token).getHeader().getAlgorithm());
            return secret ? secrets : issuer;
        } catch (ParseException e) {
            throw new InvalidBearerTokenException("not a JWT", e);
        }
    }
}
