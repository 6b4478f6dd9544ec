package kr.hhplus.commerce.security.accounts;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller.Role;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.SigningKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Issues access tokens (JWT) with subject, roles and expiry, signed with the first key. */
@Component
@ConditionalOnAccounts
class AccessTokens {

    static final String ISSUER = "commerce";

    private static final JwsHeader HEADER =
            JwsHeader.with(MacAlgorithm.HS256).type("JWT").build();

    private final NimbusJwtEncoder encoder;
    private final AccountProperties properties;
    private final Clock clock;

    AccessTokens(Environment environment, AccountProperties properties, Clock clock) {
        this.encoder = new NimbusJwtEncoder(SigningKeys.of(environment).first());
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Issues a token.
     *
     * @param subject a user id or a client id
     * @param generation of the account; null for a client
     */
    String of(String subject, Set<Role> roles, @Nullable Integer generation) {
        Instant now = clock.instant();
        JwtClaimsSet.Builder claims = JwtClaimsSet.builder()
                .issuer(ISSUER)
                .subject(subject)
                .claim("roles", roles.stream().map(Role::name).sorted().toList())
                .issuedAt(now)
                .expiresAt(now.plus(properties.accessTokenLife()));
        if (generation != null) {
            claims.claim("gen", generation);
        }
        return encoder.encode(JwtEncoderParameters.from(HEADER, claims.build())).getTokenValue();
    }

    long lifeSeconds() {
        return properties.accessTokenLife().toSeconds();
    }
}
