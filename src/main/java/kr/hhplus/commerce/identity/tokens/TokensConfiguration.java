package kr.hhplus.commerce.identity.tokens;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import kr.hhplus.commerce.identity.ConditionalOnCredentials;
import kr.hhplus.commerce.identity.SigningKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.security.oauth2.resource.OAuth2ResourceServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;

/** Where callers show tokens: which tokens hold, and the chain that every request passes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnCredentials
@EnableConfigurationProperties(OAuth2ResourceServerProperties.class)
class TokensConfiguration {

    private static final Logger log = LoggerFactory.getLogger(TokensConfiguration.class);

    @Bean
    JwtDecoder jwtDecoder(
            Environment environment, OAuth2ResourceServerProperties resource, IdentitySettings settings, Clock clock) {
        SigningKeys secrets = SigningKeys.of(environment);
        String issuer = resource.getJwt().getIssuerUri();
        List<String> audiences = resource.getJwt().getAudiences();
        Decoders decoders = new Decoders(clock);
        if (issuer == null || issuer.isBlank()) {
            return decoders.ofSecrets(secrets.all());
        }
        if (audiences.isEmpty()) {
            log.warn(
                    "Every token of {} is taken, for whatever service it was made. Where the issuer serves others"
                            + " too, set spring.security.oauth2.resourceserver.jwt.audiences.",
                    issuer);
        }
        JwtDecoder ofIssuer = new IssuerDecoder(
                () -> decoders.ofIssuer(issuer, audiences, new IssuerKeys(settings).of(issuer)),
                settings.issuerTimeout());
        return secrets.isEmpty() ? ofIssuer : new EitherDecoder(decoders.ofSecrets(secrets.all()), ofIssuer);
    }

    @Bean
    JwtAuthenticationProvider tokenCheck(JwtDecoder decoder, IdentitySettings settings, JdbcUserNumbers numbers) {
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
        provider.setJwtAuthenticationConverter(new CallerOfToken(settings, numbers));
        return provider;
    }

    /** Apart from the rest, because a management port of its own has filters of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnCredentials
    static class Chain {

        /** Where local mode has its own filter, and for the same reason: after the body has been received. */
        @Bean
        FilterRegistrationBean<FirstPass> callerChain(
                Environment environment,
                JwtAuthenticationProvider tokenCheck,
                ObjectProvider<SecurityFilterChain> withoutTokens) {
            List<SecurityFilterChain> first = withoutTokens.orderedStream().toList();
            FilterRegistrationBean<FirstPass> registration = new FilterRegistrationBean<>(
                    new FirstPass(CallerChain.of(new Routes(environment), tokenCheck, first)));
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
            registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
            return registration;
        }
    }
}
