package kr.hhplus.commerce.security.authserver;

import kr.hhplus.commerce.kernel.text.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2RefreshTokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Stores codes, access tokens and refresh tokens as digests (not ID tokens, which no endpoint accepts), which is enough
 * because no stored token is returned again: refresh tokens are not reused. A refresh token begins with the id of its
 * grant. One that is not the grant's last has been used before and may be stolen, so it ends the grant.
 */
final class DigestingAuthorizationService implements OAuth2AuthorizationService {

    /** No token begins with it, so that a digest is not digested when a grant is saved again. */
    private static final String DIGEST = "sha256:";

    private static final char END_OF_ID = '.';

    private final OAuth2AuthorizationService stored;

    DigestingAuthorizationService(OAuth2AuthorizationService stored) {
        this.stored = stored;
    }

    static OAuth2TokenGenerator<OAuth2RefreshToken> refreshTokens() {
        OAuth2RefreshTokenGenerator generator = new OAuth2RefreshTokenGenerator();
        return context -> {
            OAuth2RefreshToken token = generator.generate(context);
            return token == null
                    ? null
                    : new OAuth2RefreshToken(
                            context.getAuthorization().getId() + END_OF_ID + token.getTokenValue(),
                            token.getIssuedAt(),
                            token.getExpiresAt());
        };
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        OAuth2Authorization.Builder digested = OAuth2Authorization.from(authorization);
        OAuth2AuthorizationCode code = token(authorization, OAuth2AuthorizationCode.class);
        if (code != null) {
            digested.token(
                    new OAuth2AuthorizationCode(digest(code.getTokenValue()), code.getIssuedAt(), code.getExpiresAt()));
        }
        OAuth2AccessToken access = token(authorization, OAuth2AccessToken.class);
        if (access != null) {
            digested.token(new OAuth2AccessToken(
                    access.getTokenType(),
                    digest(access.getTokenValue()),
                    access.getIssuedAt(),
                    access.getExpiresAt(),
                    access.getScopes()));
        }
        OAuth2RefreshToken refresh = token(authorization, OAuth2RefreshToken.class);
        if (refresh != null) {
            digested.token(new OAuth2RefreshToken(
                    digest(refresh.getTokenValue()), refresh.getIssuedAt(), refresh.getExpiresAt()));
        }
        stored.save(digested.build());
    }

    private static <T extends OAuth2Token> @Nullable T token(OAuth2Authorization authorization, Class<T> type) {
        OAuth2Authorization.Token<T> token = authorization.getToken(type);
        return token == null ? null : token.getToken();
    }

    private static String digest(String value) {
        return value.startsWith(DIGEST) ? value : DIGEST + Sha256.base64Of(value);
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        stored.remove(authorization);
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return stored.findById(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        if (type != null && isStoredAsItIs(type)) {
            return stored.findByToken(token, type);
        }
        OAuth2Authorization found = stored.findByToken(DIGEST + Sha256.base64Of(token), type);
        if (found == null && OAuth2TokenType.REFRESH_TOKEN.equals(type)) {
            endGrantOf(token);
        }
        return found;
    }

    private static boolean isStoredAsItIs(OAuth2TokenType type) {
        return type.getValue().equals(OAuth2ParameterNames.STATE)
                || type.getValue().equals(OidcParameterNames.ID_TOKEN);
    }

    private void endGrantOf(String usedToken) {
        int end = usedToken.indexOf(END_OF_ID);
        OAuth2Authorization grant = end > 0 ? stored.findById(usedToken.substring(0, end)) : null;
        if (grant != null && grant.getRefreshToken() != null) {
            stored.remove(grant);
        }
    }
}
