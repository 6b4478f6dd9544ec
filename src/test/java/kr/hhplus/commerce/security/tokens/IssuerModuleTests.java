package kr.hhplus.commerce.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.SecretTokens;
import kr.hhplus.commerce.testkit.TestIssuer;
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
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A company's own issuer says who calls: an HTTP server with keys that change, as Keycloak's or Auth0's do. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.identity.roles-claim=realm_access.roles",
            "commerce.identity.keys-interval=1ms",
            "spring.security.oauth2.resourceserver.jwt.audiences=shop,other"
        })
class IssuerModuleTests {

    private static final TestIssuer ISSUER = new TestIssuer();

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    private Wire wire;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry settings) {
        settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::uri);
    }

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    private Reply balance(String token) {
        return wire.get("/balance", "Authorization: Bearer " + token);
    }

    private long userId(String subject) {
        Reply balance = balance(ISSUER.token(subject));
        assertThat(balance.status()).as(balance.body()).isEqualTo(200);
        return balance.json().get("userId").asLong();
    }

    private void refuses(String token) {
        Reply reply = balance(token);
        assertThat(reply.status()).as(reply.body()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(reply.headers().get("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(reply.body()).doesNotContain("JWT", "jwt", "exp");
    }

    @Test
    void takesANumberAsItIsAndGivesOneToEveryOtherSubject() {
        assertThat(userId("42")).isEqualTo(42);
        long ann = userId("auth0|ann");
        assertThat(ann).isGreaterThanOrEqualTo(JdbcUserNumbers.FIRST_ASSIGNED);
        assertThat(userId("auth0|ann")).isEqualTo(ann);
        assertThat(userId("auth0|Ann")).as("small and large letters differ").isNotEqualTo(ann);
        assertThat(userId("042")).as("no number as it is written").isNotEqualTo(42);
    }

    @Test
    void neverTakesANumberThatMayHaveBeenGivenToSomebodyElse() {
        long ann = userId("google|ann");
        assertThat(userId(String.valueOf(ann))).isNotEqualTo(ann);
        assertThat(userId("9007199254740991")).isNotEqualTo(9_007_199_254_740_991L);
        assertThat(userId("116934577810983472234")).isGreaterThanOrEqualTo(JdbcUserNumbers.FIRST_ASSIGNED);
    }

    @Test
    void givesOneNumberToASubjectThatComesManyTimesAtOnce() {
        assertThat(userId("5")).as("the issuer has been asked").isEqualTo(5);
        List<CompletableFuture<Long>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> userId("new|somebody")))
                .toList();
        assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    void readsRolesWhereTheSettingsSay() {
        String user = "Authorization: Bearer " + ISSUER.token("7", "USER", "offline_access");
        String admin = "Authorization: Bearer " + ISSUER.token("8", "ADMIN");
        String service = "Authorization: Bearer " + ISSUER.token("service-account-billing", "SERVICE");
        assertThat(wire.get("/admin/sale", user).code()).isEqualTo("FORBIDDEN");
        assertThat(wire.get("/admin/sale", admin).status()).isEqualTo(200);
        assertThat(wire.get("/events", user).code()).isEqualTo("FORBIDDEN");
        assertThat(wire.get("/events", service).status()).isEqualTo(200);
        assertThat(wire.get("/balance?userId=7", service).status()).isEqualTo(200);
        assertThat(wire.get("/balance?userId=8", user).code()).isEqualTo("FORBIDDEN");
        JWTClaimsSet elsewhere =
                ISSUER.claims("9").claim("roles", List.of("ADMIN")).build();
        assertThat(wire.get("/admin/sale", "Authorization: Bearer " + ISSUER.signed(elsewhere))
                        .code())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void refusesTokensThatAreNotForThisServiceOrNotOfThisIssuer() throws Exception {
        assertThat(balance(ISSUER.token("1")).status()).isEqualTo(200);
        refuses(ISSUER.signed(ISSUER.claims("1").audience("elsewhere").build()));
        refuses(ISSUER.signed(ISSUER.claims("1").audience((String) null).build()));
        refuses(ISSUER.signed(ISSUER.claims("1").issuer("https://evil.example").build()));
        refuses(ISSUER.signed(ISSUER.claims("1").issuer(null).build()));
        refuses(ISSUER.signed(ISSUER.claims("1").subject(null).build()));
        refuses(ISSUER.signed(ISSUER.claims("1").subject("x".repeat(256)).build()));
        refuses(ISSUER.signed(ISSUER.claims("1").subject("한".repeat(86)).build()));
        refuses(ISSUER.signed(ISSUER.claims("1")
                .expirationTime(Date.from(Instant.now().minusSeconds(3600)))
                .build()));
        refuses(ISSUER.signed(ISSUER.claims("1").expirationTime(null).build()));
        refuses(ISSUER.signed(ISSUER.claims("1")
                .notBeforeTime(Date.from(Instant.now().plusSeconds(3600)))
                .build()));
        refuses(TestIssuer.signed(
                ISSUER.claims("1").build(),
                new RSAKeyGenerator(2048).keyID(ISSUER.key().getKeyID()).generate()));
        refuses(SecretTokens.unsigned(ISSUER.claims("1").build()));
        byte[] publicKey = ISSUER.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        refuses(SecretTokens.signed(publicKey, ISSUER.claims("1").build()));
        refuses(SecretTokens.signed(
                ISSUER.key().toRSAPublicKey().getEncoded(), ISSUER.claims("1").build()));
        refuses("nonsense");
        refuses("a.b.c");
    }

    @Test
    void followsTheIssuersKeysWhenTheyChange() {
        String before = ISSUER.token("5");
        String unused = ISSUER.token("6");
        assertThat(balance(before).status()).isEqualTo(200);
        ISSUER.rotate();
        assertThat(balance(ISSUER.token("5")).status()).isEqualTo(200);
        refuses(unused);
        assertThat(balance(before).status())
                .as("remembered for commerce.identity.token-cache.max-age")
                .isEqualTo(200);
    }

    @Test
    void goesOnWithTheKeysItHasWhileTheIssuerIsAway() {
        assertThat(balance(ISSUER.token("5")).status()).isEqualTo(200);
        ISSUER.away(true);
        try {
            assertThat(balance(ISSUER.token("6")).status()).isEqualTo(200);
        } finally {
            ISSUER.away(false);
        }
    }

    @Test
    void asksTheIssuerForItsKeysSeldom() {
        assertThat(balance(ISSUER.token("5")).status()).isEqualTo(200);
        int fetched = ISSUER.keysFetched();
        for (int i = 0; i < 20; i++) {
            assertThat(balance(ISSUER.token("5")).status()).isEqualTo(200);
        }
        assertThat(ISSUER.keysFetched()).isEqualTo(fetched);
    }

    private String admin() {
        return "Authorization: Bearer " + ISSUER.token("campaign-admin", "ADMIN");
    }

    private String campaign(String demand) {
        Reply created = wire.post(
                "/admin/campaigns",
                "application/json",
                ("{'name':'c','discount':{'type':'FIXED','value':10},'minOrderAmount':0,'totalQuantity':10,"
                                + "'startsAt':'2020-01-01T00:00:00Z','endsAt':'2099-01-01T00:00:00Z',"
                                + "'couponValidDays':7,"
                                + demand + "}")
                        .replace('\'', '"'),
                admin());
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json().get("campaignId").asText();
    }

    private Reply issue(String campaign, String token) {
        return wire.post(
                "/coupons/issue",
                "application/json",
                "{\"campaignId\":" + campaign + "}",
                "Authorization: Bearer " + token);
    }

    @Test
    void aCampaignDemandsAClaimOfTheIssuer() {
        String campaign = campaign("'requiredClaim':'email_verified'");
        JWTClaimsSet.Builder claims = ISSUER.claims("unverified");
        Reply refused = issue(
                campaign, ISSUER.signed(claims.claim("email_verified", false).build()));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("CLAIM_REQUIRED");
        assertThat(refused.json().get("requiredClaim").asText()).isEqualTo("email_verified");
        for (Object yes : List.of(true, "true")) {
            String token = ISSUER.signed(ISSUER.claims("verified " + yes.getClass())
                    .claim("email_verified", yes)
                    .build());
            assertThat(issue(campaign, token).status()).isEqualTo(201);
        }
    }

    @Test
    void aCampaignDemandsAnAccountOfSomeAge() {
        String campaign = campaign("'minAccountAgeDays':30");
        String token = ISSUER.token("newcomer");
        long userId = userId("newcomer");
        Reply refused = issue(campaign, token);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("ACCOUNT_TOO_YOUNG");
        sql.update("UPDATE user_number SET created_at = '2020-01-01 00:00:00' WHERE user_id = ?", userId);
        assertThat(issue(campaign, token).status()).isEqualTo(201);
        Reply ofUnknownAge = issue(campaign, ISSUER.token("4711"));
        assertThat(ofUnknownAge.code()).isEqualTo("ACCOUNT_TOO_YOUNG");
        Reply byAnOperator = wire.post(
                "/coupons/issue", "application/json", "{\"userId\":4711,\"campaignId\":" + campaign + "}", admin());
        assertThat(byAnOperator.status()).as(byAnOperator.body()).isEqualTo(201);
    }
}
