package kr.hhplus.commerce.security.authserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import kr.hhplus.commerce.security.SharedSecrets;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.TestIssuer;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Standard OAuth clients obtain tokens with nothing but the discovery document, beside the issuer of a company. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.rate-limit.enabled=false",
            "commerce.rate-limit.accounts.sign-up=1000/h burst 1000",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu",
            // Of: a long secret of billing
            "commerce.accounts.clients.billing.secret=$2b$10$abcdefghijklmnopqrstuuiLfqf.3tm.Dk3o5BpFWe8e/55GB.p5G",
            "commerce.accounts.clients.billing.redirect-uris=http://localhost/callback",
            "commerce.accounts.clients.billing.roles=SERVICE",
            "commerce.accounts.clients.web.secret=$2a$10$8j0g5CATNY4DWiQr40yQUedpcpE1MbV6Mh1kcKIP0Ex0z4DztSaZq",
            "commerce.accounts.clients.web.redirect-uris=http://localhost/web",
            "commerce.accounts.clients.app.redirect-uris=http://localhost/app"
        })
class AuthorizationServerModuleTests {

    private static final String PASSWORD = "Purple-Kettle-42";
    private static final String SECRET = "a long secret of billing";
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private static final TestIssuer COMPANY = new TestIssuer();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    @DynamicPropertySource
    static void company(DynamicPropertyRegistry settings) {
        settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", COMPANY::uri);
    }

    @AfterAll
    static void close() {
        COMPANY.close();
        THREADS.shutdownNow();
    }

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    @Autowired
    private JdbcClient client;

    @Autowired
    private TokenKeys keys;

    @Autowired
    private OAuth2AuthorizationService authorizations;

    private String issuer;
    private Wire wire;
    private Visit visit;
    private String name;

    @BeforeEach
    void somebodyNew() {
        issuer = "http://localhost:" + port;
        wire = new Wire(port);
        name = "kim" + PEOPLE.incrementAndGet() + "@shop.kr";
        visit = new Visit(port).signUp(name, PASSWORD);
    }

    private ClientRegistration registration(AuthorizationGrantType grant) {
        return ClientRegistrations.fromIssuerLocation(issuer)
                .registrationId("shop")
                .clientId("billing")
                .clientSecret(SECRET)
                .authorizationGrantType(grant)
                .redirectUri("http://localhost/callback")
                .scope("openid")
                .build();
    }

    private int status(String token, String path) {
        return wire.get(path, "Authorization: Bearer " + token).status();
    }

    /** Follows the authorization request in the browser to the code. */
    private String code(String authorizationUri) {
        URI uri = URI.create(authorizationUri);
        Reply reply = visit.get(uri.getRawPath() + "?" + uri.getRawQuery());
        assertThat(reply.status()).as(reply.toString()).isEqualTo(302);
        Matcher code = CODE.matcher(reply.headers().get("Location"));
        assertThat(code.find()).as(reply.toString()).isTrue();
        return URLDecoder.decode(code.group(1), StandardCharsets.UTF_8);
    }

    private OAuth2AccessTokenResponse obtained(ClientRegistration client) {
        DefaultOAuth2AuthorizationRequestResolver resolver = new DefaultOAuth2AuthorizationRequestResolver(
                new InMemoryClientRegistrationRepository(client), "/authorize");
        resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        OAuth2AuthorizationRequest request = resolver.resolve(new MockHttpServletRequest("GET", "/"), "shop");
        String code = code(request.getAuthorizationRequestUri());
        OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(code)
                .redirectUri(request.getRedirectUri())
                .state(request.getState())
                .build();
        return new RestClientAuthorizationCodeTokenResponseClient()
                .getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(
                        client, new OAuth2AuthorizationExchange(request, response)));
    }

    @Test
    void aConfidentialClientObtainsAndRefreshesATokenOfAUser() {
        ClientRegistration client = registration(AuthorizationGrantType.AUTHORIZATION_CODE);
        OAuth2AccessTokenResponse tokens = obtained(client);
        String token = tokens.getAccessToken().getTokenValue();
        assertThat(status(token, "/balance")).isEqualTo(200);
        assertThat(status(token, "/admin/sale")).isEqualTo(403);
        assertThat(status((String) tokens.getAdditionalParameters().get("id_token"), "/balance"))
                .as("an ID token is no access token")
                .isEqualTo(401);

        OAuth2RefreshTokenGrantRequest refresh =
                new OAuth2RefreshTokenGrantRequest(client, tokens.getAccessToken(), tokens.getRefreshToken());
        OAuth2AccessTokenResponse next = new RestClientRefreshTokenTokenResponseClient().getTokenResponse(refresh);
        assertThat(status(next.getAccessToken().getTokenValue(), "/balance")).isEqualTo(200);
        assertThat(next.getRefreshToken().getTokenValue())
                .isNotEqualTo(tokens.getRefreshToken().getTokenValue());

        assertThat(visit.post("/account/sign-out-everywhere").status()).isEqualTo(303);
        assertThat(status(next.getAccessToken().getTokenValue(), "/balance")).isEqualTo(401);
        refusesToRefresh(client, next);
    }

    private static OAuth2AccessTokenResponse refreshed(ClientRegistration client, OAuth2AccessTokenResponse tokens) {
        return new RestClientRefreshTokenTokenResponseClient()
                .getTokenResponse(
                        new OAuth2RefreshTokenGrantRequest(client, tokens.getAccessToken(), tokens.getRefreshToken()));
    }

    private static void refusesToRefresh(ClientRegistration client, OAuth2AccessTokenResponse tokens) {
        assertThatThrownBy(() -> refreshed(client, tokens))
                .isInstanceOf(OAuth2AuthorizationException.class)
                .hasMessageContaining("invalid_grant");
    }

    @Test
    void aRefreshTokenThatComesAgainEndsItsGrantAndNoOther() {
        ClientRegistration client = registration(AuthorizationGrantType.AUTHORIZATION_CODE);
        OAuth2AccessTokenResponse another = obtained(client);
        OAuth2AccessTokenResponse stolen = obtained(client);
        OAuth2AccessTokenResponse next = refreshed(client, refreshed(client, stolen));
        refusesToRefresh(client, stolen);
        refusesToRefresh(client, next);
        assertThat(refreshed(client, another).getRefreshToken()).isNotNull();
        assertThat(post(
                                "/oauth2/token",
                                Map.of("grant_type", "refresh_token", "refresh_token", "no-such-token"),
                                "billing:" + SECRET)
                        .status())
                .isEqualTo(400);
    }

    private Reply postAsBilling(String path, String token) {
        return post(path, Map.of("token", token), "billing:" + SECRET);
    }

    private boolean isActive(String token) {
        Reply introspected = postAsBilling("/oauth2/introspect", token);
        assertThat(introspected.status()).as(introspected.body()).isEqualTo(200);
        return introspected.json().get("active").asBoolean();
    }

    @Test
    void aClientIntrospectsAndRevokesItsTokens() {
        ClientRegistration client = registration(AuthorizationGrantType.AUTHORIZATION_CODE);
        OAuth2AccessTokenResponse tokens = obtained(client);
        String access = tokens.getAccessToken().getTokenValue();
        String refresh = tokens.getRefreshToken().getTokenValue();
        assertThat(isActive(access)).isTrue();
        assertThat(isActive(refresh)).isTrue();
        assertThat(isActive("no-such-token")).isFalse();

        assertThat(postAsBilling("/oauth2/revoke", access).status()).isEqualTo(200);
        assertThat(isActive(access)).isFalse();
        assertThat(isActive(refresh)).isTrue();
        OAuth2AccessTokenResponse next = refreshed(client, tokens);
        assertThat(isActive(next.getAccessToken().getTokenValue())).isTrue();

        String last = next.getRefreshToken().getTokenValue();
        assertThat(postAsBilling("/oauth2/revoke", last).status()).isEqualTo(200);
        assertThat(isActive(last)).isFalse();
        assertThat(isActive(next.getAccessToken().getTokenValue())).isFalse();
        refusesToRefresh(client, next);
        assertThat(sql.queryForList("SELECT * FROM oauth2_authorization").toString())
                .doesNotContain(last)
                .doesNotContain(access);
    }

    /** What the endpoint of tokens saves after a refresh. */
    private static OAuth2Authorization refreshed(OAuth2Authorization read, String token) {
        Instant now = Instant.now();
        return OAuth2Authorization.from(read)
                .token(new OAuth2AccessToken(
                        OAuth2AccessToken.TokenType.BEARER, "access of " + token, now, now.plusSeconds(60)))
                .refreshToken(new OAuth2RefreshToken(read.getId() + "." + token, now, now.plusSeconds(60)))
                .build();
    }

    private void refusesToSave(OAuth2Authorization authorization) {
        assertThatThrownBy(() -> authorizations.save(authorization))
                .isInstanceOfSatisfying(
                        OAuth2AuthenticationException.class,
                        refused -> assertThat(refused.getError().getErrorCode()).isEqualTo("invalid_grant"));
        assertThat(authorizations.findById(authorization.getId())).isNull();
    }

    @Test
    void oneOfTwoRefreshesAtTheSameTimeSucceedsAndTheOtherEndsTheGrant() {
        ClientRegistration client = registration(AuthorizationGrantType.AUTHORIZATION_CODE);
        OAuth2AccessTokenResponse tokens = obtained(client);
        OAuth2Authorization read =
                authorizations.findByToken(tokens.getRefreshToken().getTokenValue(), OAuth2TokenType.REFRESH_TOKEN);
        OAuth2AccessTokenResponse next = refreshed(client, tokens);
        refusesToSave(refreshed(read, "thief"));
        refusesToRefresh(client, next);
    }

    @Test
    void aGrantThatEndsDuringARefreshStaysEnded() {
        ClientRegistration client = registration(AuthorizationGrantType.AUTHORIZATION_CODE);
        OAuth2AccessTokenResponse stolen = obtained(client);
        OAuth2AccessTokenResponse next = refreshed(client, stolen);
        OAuth2Authorization read =
                authorizations.findByToken(next.getRefreshToken().getTokenValue(), OAuth2TokenType.REFRESH_TOKEN);
        refusesToRefresh(client, stolen);
        refusesToSave(refreshed(read, "thief"));
    }

    @Test
    void aClientThatSaysNotWhoItIsIsRefusedAsTheStandardDemands() {
        for (String path : List.of("/oauth2/token", "/oauth2/revoke", "/oauth2/introspect")) {
            Reply refused = post(path, Map.of("token", "any", "client_id", "app"), null);
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.json().get("error").asText()).isEqualTo("invalid_client");
            assertThat(refused.headers().get("WWW-Authenticate")).startsWith("Basic");
        }
        assertThat(new Visit(port).get(authorize("c".repeat(43))).status()).isEqualTo(303);
    }

    /** The session was revoked after it had passed its own check, and before the grant was stored. */
    @Test
    void aGrantOfARevokedSessionIsNotRefreshed() {
        ClientRegistration client = registration(AuthorizationGrantType.AUTHORIZATION_CODE);
        OAuth2AccessTokenResponse tokens = obtained(client);
        sql.update(
                "UPDATE account SET generation = generation + 1 WHERE user_id ="
                        + " (SELECT user_id FROM user_number WHERE subject = ?)",
                (Object) name.getBytes(StandardCharsets.UTF_8));
        refusesToRefresh(client, tokens);
    }

    @Test
    void keepsNoCodeAndNoTokenInTheDatabase() {
        ClientRegistration client = registration(AuthorizationGrantType.AUTHORIZATION_CODE);
        OAuth2AccessTokenResponse tokens = refreshed(client, obtained(client));
        String code = code(authorize("a-challenge-of-at-least-forty-three-characters-0123456789"));
        String rows = sql.queryForList("SELECT * FROM oauth2_authorization").toString();
        assertThat(rows)
                .contains("sha256:")
                .doesNotContain(code)
                .doesNotContain(tokens.getAccessToken().getTokenValue())
                .doesNotContain(tokens.getRefreshToken().getTokenValue());
    }

    @Test
    void springsOwnClientObtainsTokensAndRefreshesThem() {
        ClientRegistration client = registration(AuthorizationGrantType.AUTHORIZATION_CODE);
        OAuth2AccessTokenResponse tokens = obtained(client);
        InMemoryClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(client);
        OAuth2AuthorizedClientService authorized = new InMemoryOAuth2AuthorizedClientService(registrations);
        Authentication somebody = new TestingAuthenticationToken("somebody", "");
        OAuth2AccessToken expired = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER,
                tokens.getAccessToken().getTokenValue(),
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1));
        authorized.saveAuthorizedClient(
                new OAuth2AuthorizedClient(client, "somebody", expired, tokens.getRefreshToken()), somebody);
        String refreshed = manager(registrations, authorized)
                .authorize(OAuth2AuthorizeRequest.withClientRegistrationId("shop")
                        .principal(somebody)
                        .build())
                .getAccessToken()
                .getTokenValue();
        assertThat(refreshed).isNotEqualTo(expired.getTokenValue());
        assertThat(status(refreshed, "/balance")).isEqualTo(200);

        registrations =
                new InMemoryClientRegistrationRepository(registration(AuthorizationGrantType.CLIENT_CREDENTIALS));
        authorized = new InMemoryOAuth2AuthorizedClientService(registrations);
        String own = manager(registrations, authorized)
                .authorize(OAuth2AuthorizeRequest.withClientRegistrationId("shop")
                        .principal(somebody)
                        .build())
                .getAccessToken()
                .getTokenValue();
        assertThat(status(own, "/events")).isEqualTo(200);
    }

    private static OAuth2AuthorizedClientManager manager(
            ClientRegistrationRepository registrations, OAuth2AuthorizedClientService authorized) {
        AuthorizedClientServiceOAuth2AuthorizedClientManager manager =
                new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, authorized);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .refreshToken()
                .clientCredentials()
                .build());
        return manager;
    }

    @Test
    void aPublicClientNeedsNothingButTheDiscoveryDocument() {
        OAuth2AccessTokenResponse tokens = obtained(ClientRegistrations.fromIssuerLocation(issuer)
                .registrationId("shop")
                .clientId("app")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .redirectUri("http://localhost/app")
                .scope("openid")
                .build());
        assertThat(tokens.getRefreshToken()).isNull();
        assertThat(status(tokens.getAccessToken().getTokenValue(), "/balance")).isEqualTo(200);
    }

    @Test
    void theIssuerOfACompanyWorksBesideIt() {
        String ofCompany = COMPANY.token("7");
        assertThat(balanceOwner(ofCompany)).isEqualTo(7);
        String ofShop = obtained(registration(AuthorizationGrantType.AUTHORIZATION_CODE))
                .getAccessToken()
                .getTokenValue();
        long account = balanceOwner(ofShop);
        assertThat(balanceOwner(visit.token())).isEqualTo(account);
        assertThat(balanceOwner(COMPANY.token(name)))
                .as("the same name at both")
                .isNotEqualTo(account);
        assertThat(balanceOwner(COMPANY.token(String.valueOf(account))))
                .as("the number of an account as a subject of the company")
                .isNotEqualTo(account);
        String forged = COMPANY.signed(COMPANY.claims(String.valueOf(account))
                .issuer(issuer)
                .claim("roles", List.of("ADMIN"))
                .build());
        assertThat(status(forged, "/balance")).isEqualTo(401);
        assertThat(wire.get("/account/tokens", "Authorization: Bearer " + ofCompany)
                        .code())
                .isEqualTo("FORBIDDEN");
    }

    private long balanceOwner(String token) {
        return wire.get("/balance", "Authorization: Bearer " + token)
                .json()
                .get("userId")
                .asLong();
    }

    @Test
    void manyBackEndsAtOnceObtainTokensAndAreInTheAuditLog() {
        ClientRegistration client = registration(AuthorizationGrantType.CLIENT_CREDENTIALS);
        List<CompletableFuture<String>> all = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> token(client), THREADS))
                .toList();
        all.forEach(CompletableFuture::join);
        post("/oauth2/token", Map.of("grant_type", "client_credentials"), "intruder:not it");
        assertThat(kindsOf("service billing")).contains("CLIENT_AUTHENTICATED").doesNotContain("SIGNED_IN");
        assertThat(kindsOf("service intruder")).containsExactly("SIGN_IN_FAILED");
    }

    private List<String> kindsOf(String actor) {
        return sql.queryForList("SELECT kind FROM trail WHERE who = ?", String.class, actor);
    }

    @Test
    void aBackEndObtainsATokenForItself() {
        ClientRegistration client = registration(AuthorizationGrantType.CLIENT_CREDENTIALS);
        OAuth2AccessTokenResponse tokens = new RestClientClientCredentialsTokenResponseClient()
                .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(client));
        String token = tokens.getAccessToken().getTokenValue();
        assertThat(tokens.getRefreshToken()).isNull();
        assertThat(status(token, "/events")).isEqualTo(200);
        assertThat(status(token, "/balance?userId=7")).isEqualTo(200);
        assertThat(status(token, "/admin/sale")).isEqualTo(403);
        Reply wrong = post("/oauth2/token", Map.of("grant_type", "client_credentials"), "billing:not it");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(kindsOf("service billing")).contains("SIGN_IN_FAILED");
        assertThat(post("/oauth2/token", Map.of("grant_type", "client_credentials"), "nobody:not it")
                        .body())
                .isEqualTo(wrong.body());
    }

    private Reply post(String path, Map<String, String> fields, String credentials) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(java.util.stream.Collectors.joining("&"));
        String[] headers = credentials == null
                ? new String[0]
                : new String[] {
                    "Authorization: Basic "
                            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))
                };
        return wire.post(path, "application/x-www-form-urlencoded", form, headers);
    }

    private static String challenge(String verifier) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8)));
    }

    private static String authorize(String challenge) {
        return "/oauth2/authorize?response_type=code&client_id=app&scope=openid&state=s&redirect_uri="
                + URLEncoder.encode("http://localhost/app", StandardCharsets.UTF_8)
                + (challenge == null ? "" : "&code_challenge_method=S256&code_challenge=" + challenge);
    }

    private Reply exchange(String code, String verifier) {
        return post(
                "/oauth2/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "client_id", "app",
                        "code", code,
                        "redirect_uri", "http://localhost/app",
                        "code_verifier", verifier),
                null);
    }

    @Test
    void aPublicClientObtainsAShortTokenWithPkceAfterTheSignIn() throws Exception {
        JsonNode discovered = wire.get("/.well-known/openid-configuration").json();
        assertThat(discovered.get("token_endpoint").asText()).endsWith("/oauth2/token");
        assertThat(discovered.get("jwks_uri").asText()).endsWith("/oauth2/jwks");
        String verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";
        String target = authorize(challenge(verifier));

        visit = new Visit(port);
        Reply toSignIn = visit.get(target);
        assertThat(toSignIn.status()).isEqualTo(303);
        String next = URLDecoder.decode(
                toSignIn.headers().get("Location").replaceFirst("/sign-in\\?next=", ""), StandardCharsets.UTF_8);
        assertThat(next).isEqualTo(target);
        visit.get("/sign-in");
        Reply back = visit.post("/sign-in", "name", name, "password", PASSWORD, "next", next);
        leadsToAnotherServer(back, target);

        String code = code(target);
        Reply tokens = exchange(code, verifier);
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        assertThat(tokens.headers().get("Cache-Control")).contains("no-store");
        assertThat(tokens.json().has("refresh_token")).isFalse();
        assertThat(status(tokens.json().get("access_token").asText(), "/balance"))
                .isEqualTo(200);
        assertThat(exchange(code, verifier).status()).as("a code works once").isEqualTo(400);
        assertThat(status(tokens.json().get("access_token").asText(), "/balance"))
                .isIn(200, 401);
    }

    /** Chromium applies the policy form-action to every redirect after a form, but not to a refresh. */
    private static void leadsToAnotherServer(Reply reply, String authorization) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("Refresh", "0;url=" + authorization);
    }

    @Test
    void aRequestWithAnUnencodedAddressGoesOnAfterSignInAndSignUp() {
        String target = authorize("a-challenge-of-at-least-forty-three-characters-0123456789")
                .replace("http%3A%2F%2Flocalhost%2Fapp", "http://localhost/app");
        visit = new Visit(port);
        Reply form = visit.get(visit.get(target).headers().get("Location"));
        assertThat(form.body()).contains("value=\"" + target.replace("&", "&amp;") + "\"");
        leadsToAnotherServer(visit.post("/sign-in", "name", name, "password", PASSWORD, "next", target), target);
        assertThat(code(target)).isNotEmpty();

        Visit another = new Visit(port);
        another.get("/sign-up");
        leadsToAnotherServer(
                another.post("/sign-up", "name", "new-" + name, "password", PASSWORD, "key", "its-key", "next", target),
                target);
    }

    @Test
    void aClientThatSignsUsersInDoesNotActForItself() {
        Reply refused = post("/oauth2/token", Map.of("grant_type", "client_credentials"), "web:" + SECRET);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asText()).isEqualTo("unauthorized_client");
        assertThat(post("/oauth2/token", Map.of("grant_type", "client_credentials"), "billing:" + SECRET)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aWrongVerifierIsNoWrongSecret() throws Exception {
        String code = code(authorize(challenge("a-verifier-of-at-least-forty-three-characters-0123456789"))
                .replace("client_id=app", "client_id=web")
                .replace("localhost%2Fapp", "localhost%2Fweb"));
        Reply refused = post(
                "/oauth2/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", "http://localhost/web",
                        "code_verifier", "b-verifier-of-at-least-forty-three-characters-0123456789"),
                "web:" + SECRET);
        assertThat(refused.json().get("error").asText()).isEqualTo("invalid_grant");
        assertThat(kindsOf("service web")).doesNotContain("SIGN_IN_FAILED");
    }

    @Test
    void hasNoEndpointsThatNoClientNeeds() {
        String form = "application/x-www-form-urlencoded";
        String basic = "Authorization: Basic "
                + Base64.getEncoder().encodeToString(("billing:" + SECRET).getBytes(StandardCharsets.UTF_8));
        String token = "Authorization: Bearer "
                + obtained(registration(AuthorizationGrantType.AUTHORIZATION_CODE))
                        .getAccessToken()
                        .getTokenValue();
        assertThat(List.of(
                        wire.get("/userinfo", token),
                        wire.get("/connect/logout", token),
                        wire.post("/oauth2/device_authorization", form, "client_id=billing", token),
                        wire.get("/oauth2/device_verification?user_code=BCDF-GHJK", token)))
                .allSatisfy(reply -> assertThat(reply.code()).isEqualTo("NOT_FOUND"));
        assertThat(wire.post("/oauth2/device_authorization", form, "client_id=billing", basic)
                        .code())
                .isEqualTo("UNAUTHENTICATED");
        for (String document : List.of("openid-configuration", "oauth-authorization-server")) {
            assertThat(wire.get("/.well-known/" + document).body())
                    .contains("/oauth2/token\"", "client_credentials")
                    .doesNotContain("userinfo", "connect/logout", "device", "token-exchange");
        }
    }

    @Test
    void aStolenCodeIsWorthNothing() throws Exception {
        String verifier = "a-verifier-of-at-least-forty-three-characters-0123456789";
        String code = code(authorize(challenge(verifier)));
        Reply refused = exchange(code, verifier.replace('a', 'b'));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asText()).isEqualTo("invalid_grant");
        Reply withoutPkce = visit.get(authorize(null));
        assertThat(withoutPkce.headers().getOrDefault("Location", ""))
                .doesNotContain("code=")
                .contains("error=");
        Reply elsewhere = visit.get(authorize(challenge(verifier)).replace("localhost%2Fapp", "evil.example"));
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.headers()).doesNotContainKey("Location");
    }

    @Test
    void keysRotateWithoutAGap() throws Exception {
        ClientRegistration client = registration(AuthorizationGrantType.CLIENT_CREDENTIALS);
        String before = token(client);
        sql.update("UPDATE signing_key SET created_at = '2020-01-01 00:00:00'");
        keys.refresh();
        assertThat(wire.get("/oauth2/jwks").json().get("keys")).hasSize(2);
        assertThat(kid(token(client)))
                .as("not before all instances know the new one")
                .isEqualTo(kid(before));
        sql.update(
                "UPDATE signing_key SET created_at = ? WHERE key_number = 2",
                java.time.LocalDateTime.now().minusDays(1));
        keys.refresh();
        String after = token(client);
        assertThat(kid(after)).isNotEqualTo(kid(before));
        assertThat(status(before, "/events")).isEqualTo(200);
        assertThat(status(after, "/events")).isEqualTo(200);
        assertThat(sql.queryForList("SELECT jwk FROM signing_key", byte[].class))
                .allSatisfy(jwk -> assertThat(new String(jwk)).doesNotContain("kty"));
        assertThat(wire.get("/oauth2/jwks").body()).doesNotContain("\"d\"");
    }

    @Test
    void keysOutliveAChangeOfTheSecret() {
        String now = "Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu";
        String next = "Nw7vQ8sLw0zXr5tYh2nB7kGd4fPc9aEx";
        String kid = keys.signingKeyId();
        assertThat(signingKeyIdWith(next + "," + now)).isEqualTo(kid);
        assertThat(signingKeyIdWith(next)).isEqualTo(kid);
        keys.refresh();
        assertThat(keys.signingKeyId())
                .as("an instance that has only the former secret")
                .isEqualTo(kid);
        assertThat(signingKeyIdWith(now + "," + next)).isEqualTo(kid);
    }

    private String signingKeyIdWith(String secrets) {
        TokenKeys others = new TokenKeys(
                client,
                SharedSecrets.of(new MockEnvironment().withProperty("commerce.accounts.signing-key", secrets)),
                Duration.ofDays(30),
                Clock.systemUTC());
        others.refresh();
        return others.signingKeyId();
    }

    private String token(ClientRegistration client) {
        return new RestClientClientCredentialsTokenResponseClient()
                .getTokenResponse(new OAuth2ClientCredentialsGrantRequest(client))
                .getAccessToken()
                .getTokenValue();
    }

    private static String kid(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }
}
