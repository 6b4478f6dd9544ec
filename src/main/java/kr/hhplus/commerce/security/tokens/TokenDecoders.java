package kr.hhplus.commerce.security.tokens;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Builds decoders for signed tokens with an expiry: for shared secrets, for the keys of the shop's authorization
 * server, and for an external issuer. The one for secrets accepts no algorithm of the others, so that a public key
 * cannot be used as a secret; {@code none} is never accepted.
 */
final class TokenDecoders {

    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final Clock clock;

    TokenDecoders(Clock clock) {
        this.clock = clock;
    }

    NimbusJwtDecoder ofSecrets(JWKSource<SecurityContext> keys) {
        return decoder(keys, Set.of(JWSAlgorithm.HS256), List.of());
    }

    /** For the keys of the shop's authorization server. Its ID tokens have no roles, and are no access tokens. */
    NimbusJwtDecoder ofOwnKeys(JWKSource<SecurityContext> keys) {
        return decoder(
                keys, Set.of(JWSAlgorithm.RS256), List.of(new JwtClaimValidator<Object>("roles", Objects::nonNull)));
    }

    /** @param audiences of which the token must name one; empty accepts tokens for any audience */
    NimbusJwtDecoder ofIssuer(String issuer, List<String> audiences, JWKSource<SecurityContext> keys) {
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        validators.add(new JwtClaimValidator<Object>(
                JwtClaimNames.ISS, given -> given != null && given.toString().equals(issuer)));
        if (!audiences.isEmpty()) {
            validators.add(new JwtClaimValidator<Collection<String>>(
                    JwtClaimNames.AUD, given -> given != null && !Collections.disjoint(given, audiences)));
        }
        return decoder(keys, Set.copyOf(JWSAlgorithm.Family.SIGNATURE), validators);
    }

    private NimbusJwtDecoder decoder(
            JWKSource<SecurityContext> keys, Set<JWSAlgorithm> algorithms, List<OAuth2TokenValidator<Jwt>> more) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        // Spring's validators below check the claims.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setClock(clock);
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>(more);
        validators.add(times);
        validators.add(new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull));
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators));
        return decoder;
    }
}
