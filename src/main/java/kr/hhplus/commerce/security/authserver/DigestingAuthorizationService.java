package kr.hhplus.commerce.security.authserver;

import java.util.Objects;
import java.util.function.UnaryOperator;
import kr.hhplus.commerce.kernel.text.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
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
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores codes, access tokens and refresh tokens as digests (not ID tokens, which no endpoint accepts), which is enough
 * because no stored token is returned again: refresh tokens are not reused. A refresh token begins with the id of its
 * grant. One that is not the grant's last has been used before and may be stolen, so it ends the grant. A grant that
 * has ended is not saved again.
 */
final class DigestingAuthorizationService implements OAuth2AuthorizationService {

    /** No token begins with it, so that a digest is not digested when a grant is saved again. */
    private static final String DIGEST = "sha256:";

    private static final char END_OF_ID = '.';

    /** The attribute of a grant that was read, not stored: the digest of its access token then, or nothing. */
    private static final String READ = "commerce.read";

    private final OAuth2AuthorizationService stored;
    private final JdbcOperations jdbc;
    private final TransactionOperations transaction;

    DigestingAuthorizationService(
            OAuth2AuthorizationService stored, JdbcOperations jdbc, TransactionOperations transaction) {
        this.stored = stored;
        this.jdbc = jdbc;
        this.transaction = transaction;
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
        String read = authorization.getAttribute(READ);
        OAuth2Authorization digested = withValues(authorization, DigestingAuthorizationService::digest);
        if (read == null) {
            stored.save(digested);
        } else {
            saveAgain(
                    OAuth2Authorization.from(digested)
                            .attributes(all -> all.remove(READ))
                            .build(),
                    read);
        }
    }

    /**
     * Saves a grant that was read before, unless it has ended or has issued tokens since. A second use at the same time
     * may be a thief's, so it ends the grant.
     */
    private void saveAgain(OAuth2Authorization grant, String read) {
        boolean saved = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean unchanged = jdbc.query(
                            "SELECT access_token_value FROM oauth2_authorization WHERE id = ? FOR UPDATE",
                            (row, number) -> Objects.requireNonNullElse(row.getString(1), ""),
                            grant.getId())
                    .contains(read);
            if (unchanged) {
                stored.save(grant);
            } else {
                stored.remove(grant);
            }
            return unchanged;
        }));
        if (!saved && !accessTokenOf(grant).equals(read)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }

    private static String accessTokenOf(OAuth2Authorization authorization) {
        OAuth2AccessToken access = token(authorization, OAuth2AccessToken.class);
        return access == null ? "" : access.getTokenValue();
    }

    /** Maps the values of the code and the tokens that are stored as digests. */
    private static OAuth2Authorization withValues(OAuth2Authorization authorization, UnaryOperator<String> value) {
        OAuth2Authorization.Builder mapped = OAuth2Authorization.from(authorization);
        OAuth2AuthorizationCode code = token(authorization, OAuth2AuthorizationCode.class);
        if (code != null) {
            mapped.token(new OAuth2AuthorizationCode(
                    value.apply(code.getTokenValue()), code.getIssuedAt(), code.getExpiresAt()));
        }
        OAuth2AccessToken access = token(authorization, OAuth2AccessToken.class);
        if (access != null) {
            mapped.token(new OAuth2AccessToken(
                    access.getTokenType(),
                    value.apply(access.getTokenValue()),
                    access.getIssuedAt(),
                    access.getExpiresAt(),
                    access.getScopes()));
        }
        OAuth2RefreshToken refresh = token(authorization, OAuth2RefreshToken.class);
        if (refresh != null) {
            mapped.token(new OAuth2RefreshToken(
                    value.apply(refresh.getTokenValue()), refresh.getIssuedAt(), refresh.getExpiresAt()));
        }
        return mapped.build();
    }

    private static <T extends OAuth2Token> @Nullable T token(OAuth2Authorization authorization, Class<T> type) {
        OAuth2Authorization.Token<T> token = authorization.getToken(type);
        return token == null ? null : token.getToken();
    }

    private static String digest(String value) {
        return value.startsWith(DIGEST) ? value : digestOf(value);
    }

    private static String digestOf(String token) {
        return DIGEST + Sha256.base64Of(token);
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
        String digest = digestOf(token);
        OAuth2Authorization found = stored.findByToken(digest, type);
        if (found == null) {
            if (OAuth2TokenType.REFRESH_TOKEN.equals(type)) {
                endGrantOf(token);
            }
            return null;
        }
        // Spring Authorization Server looks the token up by its value to revoke or to introspect it.
        return OAuth2Authorization.from(withValues(found, value -> value.equals(digest) ? token : value))
                .attribute(READ, accessTokenOf(found))
                .build();
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
