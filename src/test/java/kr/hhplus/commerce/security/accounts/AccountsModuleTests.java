package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.web.openapi.Contract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    private static final Duration TWO_SECONDS_AND_A_SLOW_MACHINE = Duration.ofSeconds(30);
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
        Visit visit = new Visit(port);
        visit.get("/sign-in");
        return visit.post("/sign-in", "name", name, "password", password);
    }

    private String bearer(String password) {
        return "Authorization: Bearer " + new Visit(port).signIn(name, password).token();
    }

    private Reply delete(String path, String... headers) {
        return wire.delete(path, headers).checkedAgainst("DELETE", path);
    }

    @Test
    void signsUpAndInAndKnowsTheCaller() {
        Reply user = signUp();
        assertThat(user.status()).isEqualTo(201);
        assertThat(user.json().get("name").asText()).isEqualTo(name);
        Reply balance = wire.get("/balance", bearer(PASSWORD));
        assertThat(balance.json().get("userId").asLong())
                .isEqualTo(user.json().get("userId").asLong())
                .isGreaterThan(1_000_000_000_000L);
    }

    @Test
    void keepsNoSecretInTheDatabase() {
        signUp();
        bearer(PASSWORD);
        for (String table : List.of("account", "user_number", "personal_access_token")) {
            sql.queryForList("SELECT * FROM " + table)
                    .forEach(row -> row.values().forEach(value -> {
                        String text = value instanceof byte[] bytes ? new String(bytes) : String.valueOf(value);
                        assertThat(text).doesNotContain(PASSWORD, "hhp_");
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
    void pausesAfterTooManyWrongPasswordsAlsoForTheRightOneAndForUnknownNames() {
        signUp();
        for (int i = 0; i < 6; i++) {
            assertThat(signIn("Wrong-Kettle-42").status()).isEqualTo(401);
        }
        Reply paused = signIn(PASSWORD);
        assertThat(paused.status()).isEqualTo(429);
        assertThat(Long.parseLong(paused.headers().get("retry-after"))).isBetween(1L, 600L);
        name = "nobody" + people + "@shop.kr";
        for (int i = 0; i < 6; i++) {
            signIn("Wrong-Kettle-42");
        }
        assertThat(signIn("Wrong-Kettle-42").status()).isEqualTo(429);
    }

    @Test
    void makesListsAndRevokesTokensOfItsUser() {
        signUp();
        Visit visit = new Visit(port).signIn(name, PASSWORD);
        String ask = "{'name':' nightly report ','days':30}";
        Reply created = visit.call("/account/tokens", ask, visit.csrf()).checkedAgainst("POST", "/account/tokens");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers().get("Cache-Control")).isEqualTo("no-store");
        String token = created.json().get("token").asText();
        String caller = "Authorization: Bearer " + token;
        Reply listed = wire.get("/account/tokens", caller).checkedAgainst("GET", "/account/tokens");
        assertThat(listed.body()).doesNotContain(token);
        JsonNode item = listed.json().at("/items/0");
        assertThat(item.get("name").asText()).isEqualTo("nightly report");
        for (String field : List.of("tokenId", "createdAt", "expiresAt")) {
            assertThat(item.get(field)).as(field).isEqualTo(created.json().get(field));
        }
        assertThat(Duration.between(
                        Instant.parse(item.get("createdAt").asText()),
                        Instant.parse(item.get("expiresAt").asText())))
                .isEqualTo(Duration.ofDays(30));

        String path = "/account/tokens/" + item.get("tokenId").asText();
        assertThat(visit.delete(path).code()).isEqualTo("FORBIDDEN");
        assertThat(delete(path, caller).json().get("items")).isEmpty();
        await().atMost(TWO_SECONDS_AND_A_SLOW_MACHINE)
                .until(() -> wire.get("/balance", caller).status() == 401);
    }

    @Test
    void makesNoTokenByATokenOrWithoutTheSecretOfAForm() {
        signUp();
        String ask = "{'name':'another','days':365}";
        String caller = bearer(PASSWORD);
        assertThat(post("/account/tokens", ask, caller).code()).isEqualTo("FORBIDDEN");
        Visit visit = new Visit(port).signIn(name, PASSWORD);
        assertThat(visit.call("/account/tokens", ask).code()).isEqualTo("FORBIDDEN");
        assertThat(wire.get("/account/tokens", caller).json().get("items")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | /days,/name",
                "{'name':' ','days':1} | /name",
                "{'name':'a','days':0} | /days",
                "{'name':'a','days':366} | /days"
            })
    void refusesTokensWithoutANameOrAnEnd(String body, String pointers) {
        signUp();
        Visit visit = new Visit(port).signIn(name, PASSWORD);
        assertThat(visit.call("/account/tokens", body, visit.csrf()).errors()).containsOnlyKeys(pointers.split(","));
    }

    @Test
    void signsOutEverywhereByAToken() {
        signUp();
        Visit other = new Visit(port).signIn(name, PASSWORD);
        String caller = bearer(PASSWORD);
        assertThat(delete("/account/tokens", caller).json().get("items")).isEmpty();
        assertThat(other.get("/account").status()).isEqualTo(303);
        await().atMost(TWO_SECONDS_AND_A_SLOW_MACHINE)
                .until(() -> wire.get("/balance", caller).status() == 401);
    }

    @Test
    void changesAPasswordAndSignsOutEverywhere() {
        signUp();
        String caller = bearer(PASSWORD);
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
        await().atMost(TWO_SECONDS_AND_A_SLOW_MACHINE)
                .until(() -> wire.get("/balance", caller).status() == 401);
        assertThat(signIn(PASSWORD).status()).isEqualTo(401);
        assertThat(signIn("Green-Kettle-42").status()).isEqualTo(303);
    }

    @Test
    void takesFormsButNoSecretInTheAddress() {
        String form = "name=" + name.replace("@", "%40") + "&password=" + PASSWORD;
        Reply inAddress = wire.post("/users?" + form, "application/json", "");
        assertThat(inAddress.status()).isEqualTo(400);
        assertThat(inAddress.errors()).containsKey("/password");
        assertThat(wire.post("/users", "application/x-www-form-urlencoded", form)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void letsAnotherBackEndActForUsers() {
        long userId = signUp().json().get("userId").asLong();
        String secret =
                Base64.getEncoder().encodeToString("billing:a long secret of billing".getBytes(StandardCharsets.UTF_8));
        Reply tokens = wire.post(
                "/oauth2/token",
                "application/x-www-form-urlencoded",
                "grant_type=client_credentials",
                "Authorization: Basic " + secret);
        assertThat(tokens.status()).isEqualTo(200);
        String caller =
                "Authorization: Bearer " + tokens.json().get("access_token").asText();
        assertThat(wire.get("/balance?userId=" + userId, caller).status()).isEqualTo(200);
        assertThat(wire.get("/balance", caller).errors()).containsKey("/userId");
        assertThat(wire.get("/events", caller).status()).isEqualTo(200);
        assertThat(wire.get("/admin/sale", caller).code()).isEqualTo("FORBIDDEN");
        assertThat(wire.get("/account/tokens", caller).code()).isEqualTo("FORBIDDEN");
        assertThat(delete("/account/tokens", caller).code()).isEqualTo("FORBIDDEN");
        assertThat(post("/users/me/password", "{'currentPassword':'x','newPassword':'" + PASSWORD + "'}", caller)
                        .code())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void makesTheFirstAdministratorOnce() {
        name = "owner@shop.kr";
        assertThat(wire.get("/admin/sale", bearer("Blue-Teapot-77")).status()).isEqualTo(200);
        assertThat(sql.queryForObject("SELECT COUNT(*) FROM account WHERE admin = TRUE", Long.class))
                .isEqualTo(1);
    }
}
