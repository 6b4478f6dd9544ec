package kr.hhplus.commerce.security.authserver;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.auditlog.SignInAttempted;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.time.BackgroundTask;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.CredentialsRevoked;
import kr.hhplus.commerce.security.SharedSecrets;
import kr.hhplus.commerce.security.accounts.Accounts;
import kr.hhplus.commerce.security.accounts.ConfiguredClients;
import kr.hhplus.commerce.security.sessions.PageSessions;
import kr.hhplus.commerce.security.sessions.SessionUser;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.http.converter.OAuth2ErrorHttpMessageConverter;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.RequestContextFilter;

/**
 * Spring Authorization Server for the shop's own access tokens. Users sign in by the pages; clients are registered in a
 * table.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnAccounts
class AuthorizationServerConfiguration {

    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(30);

    private static final String DEVICE_ENDPOINTS = "/oauth2/device_";

    /** The ID token says all that the shop knows of a user, and users sign out on the pages. */
    private static final Set<String> UNUSED_METADATA =
            Set.of("userinfo_endpoint", "end_session_endpoint", "device_authorization_endpoint");

    /** No client is registered for these. */
    private static final Set<String> UNUSED_GRANT_TYPES =
            Set.of(AuthorizationGrantType.DEVICE_CODE.getValue(), AuthorizationGrantType.TOKEN_EXCHANGE.getValue());

    /** Before the chains of pages and API. Sign-in is that of the pages; its session is enough to authorize. */
    @Bean
    @Order(-1)
    SecurityFilterChain authorizationServerChain(
            HttpSecurity http, PageSessions sessions, ApplicationEventPublisher events) throws Exception {
        OAuth2AuthorizationServerConfigurer server = OAuth2AuthorizationServerConfigurer.authorizationServer();
        RequestMatcher endpoints = server.getEndpointsMatcher();
        sessions.authenticateIn(http, request -> request.getServletPath().equals("/oauth2/authorize"));
        http.exceptionHandling(refused -> refused.defaultAuthenticationEntryPointFor(
                (request, response, failure) -> refuseClient(response), AnyRequestMatcher.INSTANCE));
        // The encoder of client secrets limits wrong ones by address.
        http.addFilterBefore(new RequestContextFilter(), DisableEncodeUrlFilter.class);
        http.securityMatcher(request -> isUsed(request) && endpoints.matches(request))
                .with(server, configurer -> configurer
                        .clientAuthentication(clients -> clients.authenticationProviders(
                                all -> all.replaceAll(provider -> provider instanceof ClientSecretAuthenticationProvider
                                        ? new AuditedClients(provider, events)
                                        : provider)))
                        .authorizationServerMetadataEndpoint(metadata -> metadata.authorizationServerMetadataCustomizer(
                                document -> document.claims(AuthorizationServerConfiguration::withoutUnused)))
                        .oidc(oidc ->
                                oidc.providerConfigurationEndpoint(metadata -> metadata.providerConfigurationCustomizer(
                                        document -> document.claims(AuthorizationServerConfiguration::withoutUnused)))))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .headers(headers -> headers.defaultsDisabled().cacheControl(Customizer.withDefaults()))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
        return http.build();
    }

    /** RFC 6749, section 5.2: a client that has not authenticated. */
    private static void refuseClient(HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"oauth2\"");
        ServletServerHttpResponse reply = new ServletServerHttpResponse(response);
        reply.setStatusCode(HttpStatus.UNAUTHORIZED);
        new OAuth2ErrorHttpMessageConverter().write(new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT), null, reply);
    }

    /** Publishes the attempts of clients with a secret, for the audit log. */
    private record AuditedClients(AuthenticationProvider clients, ApplicationEventPublisher events)
            implements AuthenticationProvider {

        private static final int NAME_MAX = 100;

        @Override
        public @Nullable Authentication authenticate(Authentication attempt) {
            try {
                Authentication client = clients.authenticate(attempt);
                if (client != null) {
                    publish(attempt, true);
                }
                return client;
            } catch (OAuth2AuthenticationException refused) {
                // Another code, such as that of a wrong PKCE verifier, comes after a right secret.
                if (OAuth2ErrorCodes.INVALID_CLIENT.equals(refused.getError().getErrorCode())) {
                    publish(attempt, false);
                }
                throw refused;
            }
        }

        private void publish(Authentication attempt, boolean succeeded) {
            String name = attempt.getName();
            events.publishEvent(new SignInAttempted(
                    SignInAttempted.Kind.CLIENT,
                    "service " + name.substring(0, Math.min(name.length(), NAME_MAX)),
                    ((WebAuthenticationDetails) attempt.getDetails()).getRemoteAddress(),
                    succeeded));
        }

        @Override
        public boolean supports(Class<?> attempt) {
            return clients.supports(attempt);
        }
    }

    private static void withoutUnused(Map<String, Object> metadata) {
        metadata.keySet().removeAll(UNUSED_METADATA);
        metadata.computeIfPresent("grant_types_supported", (name, types) -> ((List<?>) types)
                .stream().filter(type -> !UNUSED_GRANT_TYPES.contains(type)).toList());
    }

    /** Spring Authorization Server would keep each session that authorizes a client in memory. */
    @Bean
    SessionRegistry sessionRegistry(JdbcIndexedSessionRepository sessions) {
        return new SpringSessionBackedSessionRegistry<>(sessions);
    }

    /** Cheap, because every request of the API passes it. */
    private static boolean isUsed(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.startsWith("/oauth2/") && !path.startsWith(DEVICE_ENDPOINTS) || path.startsWith("/.well-known/");
    }

    @Bean
    RegisteredClientRepository registeredClients(JdbcOperations jdbc, ConfiguredClients configured) {
        RegisteredClientRepository clients = new JdbcRegisteredClientRepository(jdbc);
        configured.register(clients);
        return clients;
    }

    @Bean
    OAuth2AuthorizationService authorizations(
            JdbcOperations jdbc, RegisteredClientRepository clients, PlatformTransactionManager transactions) {
        return new DigestingAuthorizationService(
                new JdbcOAuth2AuthorizationService(jdbc, clients), jdbc, new TransactionTemplate(transactions));
    }

    /** The default generators, but for the refresh tokens. */
    @Bean
    OAuth2TokenGenerator<?> tokenGenerator(TokenKeys keys, OAuth2TokenCustomizer<JwtEncodingContext> tokenClaims) {
        JwtGenerator jwt = new JwtGenerator(new NimbusJwtEncoder(keys));
        jwt.setJwtCustomizer(tokenClaims);
        return new DelegatingOAuth2TokenGenerator(jwt, DigestingAuthorizationService.refreshTokens());
    }

    /** The issuer is the address that the request came to, unless it is configured. */
    @Bean
    AuthorizationServerSettings authorizationServerSettings(Accounts accounts) {
        AuthorizationServerSettings.Builder settings = AuthorizationServerSettings.builder();
        accounts.issuer().ifPresent(settings::issuer);
        return settings.build();
    }

    @Bean
    TokenKeys tokenKeys(JdbcClient sql, Environment environment, Accounts accounts, Clock clock) {
        TokenKeys keys = new TokenKeys(sql, SharedSecrets.of(environment), accounts.keyRotation(), clock);
        keys.refresh();
        return keys;
    }

    /**
     * Spring Authorization Server needs it for its own tokens; the API reads tokens by
     * {@code CachingAuthenticationManager}.
     */
    @Bean
    JwtDecoder jwtDecoder(TokenKeys keys) {
        return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    BackgroundTask tokenKeysTask(TokenKeys keys) {
        return BackgroundTask.periodic("token-keys", REFRESH_INTERVAL, keys::refresh);
    }

    /** Times of the installation, the key that signs, and what the resource server reads. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tokenClaims(TokenKeys keys, Accounts accounts, Clock clock) {
        return context -> {
            context.getJwsHeader().keyId(keys.signingKeyId());
            if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
                return;
            }
            Instant now = clock.instant();
            Duration life = context.getRegisteredClient().getTokenSettings().getAccessTokenTimeToLive();
            context.getClaims().issuedAt(now).notBefore(now).expiresAt(now.plus(life));
            if (context.getAuthorizationGrantType().equals(AuthorizationGrantType.CLIENT_CREDENTIALS)) {
                String roles = context.getRegisteredClient().getClientSettings().getSetting(ConfiguredClients.ROLES);
                context.getClaims().claim("roles", storable(List.of(roles.split(" "))));
            } else if (context.getPrincipal().getPrincipal() instanceof SessionUser user) {
                // A grant that was made while the user's credentials were revoked has ended with them.
                List<String> roles = accounts
                        .find(user.userId())
                        .filter(account -> account.generation() == user.generation())
                        .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT))
                        .roles()
                        .stream()
                        .map(Caller.Role::name)
                        .toList();
                context.getClaims().claim("roles", storable(roles)).claim("gen", user.generation());
            }
        };
    }

    /** Spring Security reads a stored grant with Jackson, which accepts an ArrayList but no immutable list. */
    private static List<String> storable(List<String> claim) {
        return new ArrayList<>(claim);
    }

    /** Ends what users have granted, and deletes what has expired. */
    @Component
    @ConditionalOnAccounts
    static class Grants {

        private static final int ROWS_PER_DELETE = 1_000;

        private final JdbcClient sql;
        private final Accounts accounts;
        private final PurgeCutoff cutoff;

        Grants(JdbcClient sql, Accounts accounts, PurgeCutoff cutoff) {
            this.sql = sql;
            this.accounts = accounts;
            this.cutoff = cutoff;
        }

        /** Runs in the transaction that revokes the user's credentials. */
        @EventListener
        void deleteAll(CredentialsRevoked revoked) {
            sql.sql("DELETE FROM oauth2_authorization WHERE principal_name = ?")
                    .param(String.valueOf(revoked.userId()))
                    .update();
        }

        @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT10M")
        void purge() {
            Duration longest = accounts.refreshTokenLife();
            cutoff.of(longest).map(before -> before.plus(longest)).ifPresent(expired -> {
                int deleted = ROWS_PER_DELETE;
                while (deleted == ROWS_PER_DELETE) {
                    deleted = sql.sql("DELETE FROM oauth2_authorization WHERE COALESCE(refresh_token_expires_at,"
                                    + " access_token_expires_at, authorization_code_expires_at) < ? LIMIT "
                                    + ROWS_PER_DELETE)
                            // As Spring Authorization Server writes it.
                            .param(Timestamp.from(expired))
                            .update();
                }
            });
        }
    }
}
