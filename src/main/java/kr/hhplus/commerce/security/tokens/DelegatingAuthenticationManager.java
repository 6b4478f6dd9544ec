package kr.hhplus.commerce.security.tokens;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Passes a token to the authentication manager of its kind or issuer. The algorithm alone tells shared secrets from
 * public keys, so that a public key cannot be used as a secret.
 *
 * @param opaque for personal access tokens; null without accounts
 * @param secrets for tokens that are signed with a shared secret; null if there is none
 * @param ownKeys for tokens of the shop's authorization server; null without accounts
 * @param issuer for tokens of the external issuer; null if there is none
 * @param issuerUri the issuer that its tokens name
 */
record DelegatingAuthenticationManager(
        @Nullable AuthenticationManager opaque,
        @Nullable AuthenticationManager secrets,
        @Nullable AuthenticationManager ownKeys,
        @Nullable AuthenticationManager issuer,
        String issuerUri)
        implements AuthenticationManager {

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
            JWT jwt = JWTParser.parse(token);
            if (JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
                return secrets;
            }
            boolean own = ownKeys != null
                    && (issuer == null
                            || !issuerUri.equals(jwt.getJWTClaimsSet().getIssuer()));
            return own ? ownKeys : issuer;
        } catch (ParseException e) {
            throw new InvalidBearerTokenException("not a JWT", e);
        }
    }
}
