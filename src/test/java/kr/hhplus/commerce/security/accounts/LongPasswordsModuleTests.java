package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.stream.Stream;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** How long a password is, is one measure, whatever keyboard wrote it, and what was set can be used. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu"
        })
class LongPasswordsModuleTests {

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    private Reply post(String path, String body, String... headers) {
        return wire.post(path, "application/json", body.replace('\'', '"'), headers);
    }

    private Reply signIn(String name, String password) {
        Visit visit = new Visit(port);
        visit.get("/sign-in");
        return visit.post("/sign-in", "name", name, "password", password);
    }

    /** Names, and the longest passwords: syllables, which some keyboards send in two or three parts, and pairs. */
    static Stream<Arguments> longest() {
        return Stream.of(
                Arguments.of("syllables", "긴비밀번호하나더".repeat(16)),
                Arguments.of("emoji", "😀🎈🐳🍀🚲🎻🧵🪁".repeat(16)),
                Arguments.of("letters", "lazy-dog".repeat(16)));
    }

    @ParameterizedTest
    @MethodSource("longest")
    void theLongestSignsUpAndInAndIsChanged(String name, String password) {
        assertThat(password.codePoints().count()).isEqualTo(LoginRules.PASSWORD_MAX);
        String user = "{'name':'" + name + "','password':'%s'}";
        assertThat(post("/users", user.formatted(password + "x")).errors()).containsOnlyKeys("/password");
        Reply signedUp = post("/users", user.formatted(password));
        assertThat(signedUp.status()).as(signedUp.body()).isEqualTo(201);
        String takenApart = Normalizer.normalize(password, Normalizer.Form.NFD);
        assertThat(signIn(name, password + "x").status()).isEqualTo(400);

        String caller = "Authorization: Bearer "
                + new Visit(port).signIn(name, takenApart).token();
        String other = new StringBuilder(password).reverse().toString();
        String change = "{'currentPassword':'%s','newPassword':'%s'}";
        assertThat(change(caller, change.formatted(password + "x", other)).errors())
                .containsOnlyKeys("/currentPassword");
        assertThat(change(caller, change.formatted(takenApart, other + "x")).errors())
                .containsOnlyKeys("/newPassword");
        assertThat(change(caller, change.formatted(takenApart, other)).status()).isEqualTo(200);
        assertThat(signIn(name, other).status()).isEqualTo(303);
    }

    private Reply change(String caller, String body) {
        return post("/users/me/password", body, caller);
    }

    @ParameterizedTest
    @CsvSource({
        "파란주전자와노란컵둘,201",
        "!@#$%^&*(),400",
        "비밀번호1234567890,400",
        "우리강아지12345,201",
        "😀🎈🐳🍀🚲🎻🧵🪁🌵🍋,201",
        "1234567890가,400"
    })
    void wordsOfOtherScriptsAreWords(String password, int status) {
        String name = "script" + Integer.toHexString(password.hashCode());
        Reply signedUp = post("/users", "{'name':'" + name + "','password':'" + password + "'}");
        assertThat(signedUp.status()).as(signedUp.body()).isEqualTo(status);
    }
}
