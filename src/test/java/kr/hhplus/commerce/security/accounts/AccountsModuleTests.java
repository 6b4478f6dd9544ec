package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.web.openapi.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Signing up, in and out with the shop's own accounts, over HTTP. Users are new in each test. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu,Old-3vQ8sLw0zXr5tYh2nB7kGd4fPc9a",
            "commerce.accounts.first-admin.name=Owner@shop.kr",
            "commerce.accounts.first-admin.password=Blue-Teapot-77",
            "commerce.rate-limit.accounts.name=6/h burst 6",
            "commerce.rate-limit.accounts.sign-up=1000/h burst 1000"
        })
class AccountsModuleTests {

    private static final String PASSWORD = "Purple-Kettle-42";
    private static int people;

    @DynamicPropertySource
    static void anotherBackEnd(DynamicPropertyRegistry settings) {
        settings.add("commerce.accounts.clients.billing.secret", () -> new BCryptPasswordEncoder(10)
                .encode("a long secret of billing"));
    }

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    private Wire wire;
    private String name;

    @BeforeEach
    void somebodyNew() {
        wire = new Wire(port);
        name = "ann" + ++people + "@shop.kr";
    }

    private Reply post(String path, String body, String... headers) {
        Reply reply = wire.post(path, "application/json", body.replace('\'', '"'), headers);
        Contract.check(
                "POST",
                path,
                reply.status(),
                reply.headers().entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                java.util.Map.Entry::getKey, header -> List.of(header.getValue()))),
                reply.body());
        return reply;
    }

    private Reply signUp(String... headers) {
        return post("/users", "{'name':'" + name + "','password':'" + PASSWORD + "'}", headers);
    }

    private Reply signIn(String password) {
        return post("/auth/token", "{'grant':'password','name':'" + name + "','password':'" + password + "'}");
    }

    private Reply refresh(String token) {
        return post("/auth/token", "{'grant':'refresh_token','refreshToken':'" + token + "'}");
    }

    private static String bearer(JsonNode tokens) {
        return "Authorization: Bearer " + tokens.get("accessToken").asText();
    }

    private static String refreshToken(Reply reply) {
        return reply.json().get("refreshToken").asText();
    }

    @Test
    void signsUpAndInAndKnowsTheCaller() {
        Reply user = signUp();
        assertThat(user.status()).isEqualTo(201);
        assertThat(user.json().get("name").asText()).isEqualTo(name);
        Reply tokens = signIn(PASSWORD);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.json().get("tokenType").asText()).isEqualTo("Bearer");
        assertThat(tokens.json().get("expiresIn").asLong()).isEqualTo(900);
        assertThat(tokens.headers().get("cache-control")).isEqualTo("no-store");
        Reply balance = wire.get("/balance", bearer(tokens.json()));
        assertThat(balance.json().get("userId").asLong())
                .isEqualTo(user.json().get("userId").asLong())
                .isGreaterThan(1_000_000_000_000L);
    }

    @Test
    void keepsNoSecretInTheDatabase() {
        signUp();
        String refresh = refreshToken(signIn(PASSWORD));
        for (String table : List.of("account", "refresh_token", "user_number")) {
            sql.queryForList("SELECT * FROM " + table)
                    .forEach(row -> row.values().forEach(value -> {
                        String text = value instanceof byte[] bytes ? new String(bytes) : String.valueOf(value);
                        assertThat(text).doesNotContain(PASSWORD, refresh);
                    }));
        }
        assertThat(sql.queryForList("SELECT password FROM account", String.class))
                .allMatch(hash -> hash.startsWith("{sha256-bcrypt}$2a$10$"));
    }

    @ParameterizedTest
    @CsvSource({
        "ann,short,/password",
        "ann,password123,/password",
        "ann,1234567890,/password",
        "ann,aaaaaaaaaaaaaaa,/password",
        "annabel.lee.1,Annabel.Lee.1,/password",
        "an,Purple-Kettle-42,/name",
        "an n,Purple-Kettle-42,/name",
        "키트티,Purple-Kettle-42,/name"
    })
    void refusesNamesAndPasswordsThatBreakTheRules(String badName, String password, String pointer) {
        Reply refused = post("/users", "{'name':'" + badName + "','password':'" + password + "'}");
        assertThat(refused.code()).isEqualTo("INVALID_REQUEST");
        assertThat(refused.errors()).containsOnlyKeys(pointer);
    }

    @Test
    void givesANameOnceAndTheSameAnswerToTheSameKey() {
        Reply first = signUp("Idempotency-Key: mine");
        assertThat(signUp().code()).isEqualTo("NAME_TAKEN");
        assertThat(signUp("Idempotency-Key: other").code()).isEqualTo("NAME_TAKEN");
        Reply again = signUp("Idempotency-Key: mine");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().get("idempotent-replayed")).isEqualTo("true");
        assertThat(post(
                                "/users",
                                "{'name':'" + name.toUpperCase(java.util.Locale.ROOT)
                                        + "','password':'Green-Kettle-42'}",
                                "Idempotency-Key: mine")
                        .code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void oneOfManyAtOnceGetsTheName() {
        List<CompletableFuture<Reply>> all = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(this::signUp))
                .toList();
        assertThat(all.stream().map(CompletableFuture::join).map(Reply::status))
                .containsOnlyOnce(201)
                .containsOnly(201, 409);
    }

    @Test
    void saysTheSameOfAnUnknownNameAndAWrongPassword() {
        Reply unknown = signIn("Wrong-Kettle-42");
        signUp();
        Reply wrong = signIn("Wrong-Kettle-42");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(wrong.body()).isEqualTo(unknown.body());
    }

    @Test
    void pausesAfterTooManyWrongPasswordsAlsoForTheRightOneAndForUnknownNames() {
        signUp();
        for (int i = 0; i < 6; i++) {
            assertThat(signIn("Wrong-Kettle-42").code()).isEqualTo("INVALID_CREDENTIALS");
        }
        Reply paused = signIn(PASSWORD);
        assertThat(paused.code()).isEqualTo("RATE_LIMITED");
        assertThat(Long.parseLong(paused.headers().get("retry-after"))).isBetween(1L, 600L);
        name = "nobody" + people + "@shop.kr";
        for (int i = 0; i < 6; i++) {
            signIn("Wrong-Kettle-42");
        }
        assertThat(signIn("Wrong-Kettle-42").code()).isEqualTo("RATE_LIMITED");
    }

    @Test
    void takesEachRefreshTokenOnceAndTheWholeFamilyBackWhenOneComesTwice() {
        signUp();
        String first = refreshToken(signIn(PASSWORD));
        String otherFamily = refreshToken(signIn(PASSWORD));
        Reply followed = refresh(first);
        assertThat(followed.status()).isEqualTo(200);
        assertThat(wire.get("/balance", bearer(followed.json())).status()).isEqualTo(200);
        assertThat(refresh(first).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(refresh(refreshToken(followed)).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(refresh(otherFamily).status()).isEqualTo(200);
        assertThat(refresh("no-such-token").code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void ofManyRefreshesAtOnceOneIsTaken() {
        signUp();
        String token = refreshToken(signIn(PASSWORD));
        List<CompletableFuture<Reply>> all = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> refresh(token)))
                .toList();
        assertThat(all.stream().map(CompletableFuture::join).map(Reply::status))
                .containsOnlyOnce(200)
                .containsOnly(200, 401);
        assertThat(sql.queryForObject(
                        "SELECT COUNT(*) FROM refresh_token r JOIN user_number n ON r.user_id = n.user_id"
                                + " WHERE n.subject = ?",
                        Long.class,
                        (Object) name.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .as("of a token that came twice nothing is left")
                .isZero();
    }

    @Test
    void refusesARefreshTokenThatHasRunOut() {
        signUp();
        String token = refreshToken(signIn(PASSWORD));
        sql.update("UPDATE refresh_token SET expires_at = '2020-01-01 00:00:00'");
        assertThat(refresh(token).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void signsOutHereOrEverywhere() {
        signUp();
        Reply here = signIn(PASSWORD);
        Reply there = signIn(PASSWORD);
        Reply third = signIn(PASSWORD);
        String caller = bearer(here.json());
        assertThat(post("/auth/sign-out", "{'refreshToken':'" + refreshToken(here) + "'}", caller)
                        .status())
                .isEqualTo(200);
        assertThat(refresh(refreshToken(here)).code()).isEqualTo("INVALID_CREDENTIALS");
        Reply next = refresh(refreshToken(there));
        assertThat(next.status()).isEqualTo(200);
        assertThat(post("/auth/sign-out", "{}", caller).status()).isEqualTo(200);
        assertThat(wire.get("/balance", caller).code()).isEqualTo("UNAUTHENTICATED");
        assertThat(refresh(refreshToken(next)).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(refresh(refreshToken(third)).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void signsNobodyElseOut() {
        signUp();
        String victims = refreshToken(signIn(PASSWORD));
        name = "mallory" + people;
        signUp();
        Reply mallory = signIn(PASSWORD);
        post("/auth/sign-out", "{'refreshToken':'" + victims + "'}", bearer(mallory.json()));
        assertThat(refresh(victims).status()).isEqualTo(200);
    }

    @Test
    void changesAPasswordAndSignsOutEverywhere() {
        signUp();
        Reply tokens = signIn(PASSWORD);
        String caller = bearer(tokens.json());
        String change = "{'currentPassword':'%s','newPassword':'%s'}";
        assertThat(post("/users/me/password", change.formatted("Wrong-Kettle-42", "Green-Kettle-42"), caller)
                        .code())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(post("/users/me/password", change.formatted(PASSWORD, "password123"), caller)
                        .errors())
                .containsOnlyKeys("/newPassword");
        assertThat(post("/users/me/password", change.formatted(PASSWORD, "Green-Kettle-42"), caller)
                        .status())
                .isEqualTo(200);
        assertThat(wire.get("/balance", caller).code()).isEqualTo("UNAUTHENTICATED");
        assertThat(refresh(refreshToken(tokens)).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(signIn(PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(signIn("Green-Kettle-42").status()).isEqualTo(200);
    }

    @Test
    void takesFormsButNoSecretInTheAddress() {
        signUp();
        String form = "grant=password&name=" + name.replace("@", "%40") + "&password=" + PASSWORD;
        assertThat(wire.post("/auth/token", "application/x-www-form-urlencoded", form)
                        .status())
                .isEqualTo(200);
        Reply inAddress = wire.post("/auth/token?" + form, "application/json", "");
        assertThat(inAddress.status()).isEqualTo(400);
        assertThat(inAddress.errors()).containsKey("/password");
    }

    @Test
    void letsAnotherBackEndActForUsers() {
        long userId = signUp().json().get("userId").asLong();
        String ask = "{'grant':'client_credentials','clientId':'billing','clientSecret':'%s'}";
        Reply wrong = post("/auth/token", ask.formatted("not-it"));
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(post("/auth/token", ask.replace("billing", "nobody").formatted("not-it"))
                        .body())
                .isEqualTo(wrong.body());
        Reply tokens = post("/auth/token", ask.formatted("a long secret of billing"));
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tokens.json().has("refreshToken")).isFalse();
        String caller = bearer(tokens.json());
        assertThat(wire.get("/balance?userId=" + userId, caller).status()).isEqualTo(200);
        assertThat(wire.get("/balance", caller).errors()).containsKey("/userId");
        assertThat(wire.get("/events", caller).status()).isEqualTo(200);
        assertThat(wire.get("/admin/sale", caller).code()).isEqualTo("FORBIDDEN");
        assertThat(post("/users/me/password", "{'currentPassword':'x','newPassword':'" + PASSWORD + "'}", caller)
                        .code())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void makesTheFirstAdministratorOnce() {
        name = "owner@shop.kr";
        Reply tokens = signIn("Blue-Teapot-77");
        assertThat(wire.get("/admin/sale", bearer(tokens.json())).status()).isEqualTo(200);
        assertThat(sql.queryForObject("SELECT COUNT(*) FROM account WHERE admin = TRUE", Long.class))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'grant':'magic'}", "{'grant':'password','name':'x'}", "{'grant':'refresh_token'}", "{}"})
    void saysWhatARequestForATokenLacks(String body) {
        assertThat(post("/auth/token", body).code()).isEqualTo("INVALID_REQUEST");
    }
}
