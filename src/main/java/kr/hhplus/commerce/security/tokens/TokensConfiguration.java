package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import kr.hhplus.commerce.security.SigningKeys;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.server.FilterOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.security.oauth2.resource.OAuth2ResourceServerProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.SecurityFilterChain;

/** Token verification and the filter chain of all requests, if callers need credentials. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnCredentials
@EnableConfigurationProperties(OAuth2ResourceServerProperties.class)
class TokensConfiguration {

    private static final Logger log = LoggerFactory.getLogger(TokensConfiguration.class);

    @Bean
    JwtDecoder jwtDecoder(
            Environment environment,
            OAuth2ResourceServerProperties resource,
            IdentityProperties settings,
            Clock clock) {
        SigningKeys secrets = SigningKeys.of(environment);
        String issuer = resource.getJwt().getIssuerUri();
        List<String> audiences = resource.getJwt().getAudiences();
        Decoders decoders = new Decoders(clock);
        if (issuer == null || issuer.isBlank()) {
            return decoders.ofSecrets(secrets.all());
        }
        if (audiences.isEmpty()) {
            log.warn(
                    "Tokens of {} are accepted for any audience. If the issuer serves other services too, set"
                            + " spring.security.oauth2.resourceserver.jwt.audiences.",
                    issuer);
        }
        JwtDecoder ofIssuer = new IssuerDecoder(
                () -> decoders.ofIssuer(issuer, audiences, new IssuerKeys(settings).of(issuer)),
                settings.issuerTimeout());
        return secrets.isEmpty() ? ofIssuer : new EitherDecoder(decoders.ofSecrets(secrets.all()), ofIssuer);
    }

    @Bean
    JwtAuthenticationProvider tokenCheck(JwtDecoder decoder, IdentityProperties settings, JdbcUserNumbers numbers) {
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(decoder);
        provider.setJwtAuthenticationConverter(new CallerOfToken(settings, numbers));
        return provider;
    }

    @Bean
    Routes routes(Endpoints endpoints, PathMappedEndpoints actuator, Environment settings) {
        return Routes.ofServer(endpoints, actuator, settings);
    }

    @Bean
    FilterRegistrationBean<FirstPass> callerChain(
            Routes routes, JwtAuthenticationProvider tokenCheck, ObjectProvider<SecurityFilterChain> withoutTokens) {
        return chain(routes, tokenCheck, withoutTokens.orderedStream().toList());
    }

    /** Runs after the body has been received, like the filter of local mode and for the same reason. */
    static FilterRegistrationBean<FirstPass> chain(
            Routes routes, JwtAuthenticationProvider tokenCheck, List<SecurityFilterChain> withoutTokens) {
        FilterRegistrationBean<FirstPass> registration =
                new FilterRegistrationBean<>(new FirstPass(CallerChain.of(routes, tokenCheck, withoutTokens)));
        registration.setOrder(FilterOrder.AUTHENTICATION);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        return registration;
    }
}
