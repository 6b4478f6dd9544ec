package kr.hhplus.commerce.security.tokens;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import kr.hhplus.commerce.security.SharedSecrets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.security.oauth2.resource.OAuth2ResourceServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/**
 * The kinds of tokens: those that a shared secret has signed, those of the shop's authorization server, those of an
 * external issuer, and personal access tokens.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnCredentials
@EnableConfigurationProperties(OAuth2ResourceServerProperties.class)
class TokensConfiguration {

    private static final Logger log = LoggerFactory.getLogger(TokensConfiguration.class);

    private static final Duration LOOK_UP_INTERVAL = Duration.ofSeconds(2);

    @Bean
    CachingAuthenticationManager bearerTokens(
            Environment environment,
            OAuth2ResourceServerProperties resource,
            IdentityProperties properties,
            JdbcUserNumbers numbers,
            ObjectProvider<Revocations> revocations,
            ObjectProvider<OpaqueTokens> opaqueTokens,
            ObjectProvider<JWKSource<SecurityContext>> ownKeys,
            Clock clock,
            MeterRegistry registry) {
        TokenDecoders decoders = new TokenDecoders(clock);
        SharedSecrets secrets = SharedSecrets.of(environment);
        JwtAuthenticationProvider ofSecrets = secrets.isEmpty()
                ? null
                : provider(decoders.ofSecrets(secrets.all()), new JwtCallerConverter(true, properties, numbers));
        JwtDecoder ofIssuer = issuerDecoder(resource.getJwt(), decoders, properties);
        JwtAuthenticationProvider issuer =
                ofIssuer == null ? null : provider(ofIssuer, new JwtCallerConverter(false, properties, numbers));
        JWKSource<SecurityContext> keys = ownKeys.getIfAvailable();
        OpaqueTokens opaque = opaqueTokens.getIfAvailable();
        AuthenticationManager verifier = new DelegatingAuthenticationManager(
                opaque == null ? null : request -> found(opaque, request, clock),
                ofSecrets == null ? null : ofSecrets::authenticate,
                keys == null
                        ? null
                        : provider(decoders.ofOwnKeys(keys), new JwtCallerConverter(true, properties, numbers))
                                ::authenticate,
                issuer == null ? null : issuer::authenticate,
                String.valueOf(resource.getJwt().getIssuerUri()));
        return new CachingAuthenticationManager(
                verifier,
                properties.tokenCache(),
                revocations.getIfAvailable(() -> (userId, generation) -> false),
                clock,
                registry);
    }

    /** Looked up again after two seconds, so that a revocation is seen. */
    private static CallerAuthentication found(OpaqueTokens tokens, Authentication request, Clock clock) {
        OpaqueTokens.Owner owner = tokens.find(((BearerTokenAuthenticationToken) request).getToken())
                .orElseThrow(() -> new InvalidBearerTokenException("unknown, expired or revoked"));
        Instant lookAgain = clock.instant().plus(LOOK_UP_INTERVAL);
        return new CallerAuthentication(
                owner.caller(), lookAgain.isBefore(owner.expiresAt()) ? lookAgain : owner.expiresAt(), null);
    }

    private static JwtAuthenticationProvider provider(JwtDecoder decoder, JwtCallerConverter callers) {
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
        provider.setJwtAuthenticationConverter(callers);
        return provider;
    }

    private static @Nullable JwtDecoder issuerDecoder(
            OAuth2ResourceServerProperties.Jwt jwt, TokenDecoders decoders, IdentityProperties properties) {
        String issuer = jwt.getIssuerUri();
        List<String> audiences = jwt.getAudiences();
        if (issuer == null || issuer.isBlank()) {
            return null;
        }
        if (audiences.isEmpty()) {
            log.warn(
                    "Tokens of {} are accepted for any audience. If the issuer serves other services too, set"
                            + " spring.security.oauth2.resourceserver.jwt.audiences.",
                    issuer);
        }
        return new IssuerDecoder(
                () -> decoders.ofIssuer(issuer, audiences, new IssuerKeys(properties).of(issuer)),
                properties.issuerTimeout());
    }
}
