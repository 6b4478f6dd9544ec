package kr.hhplus.commerce.security.sessions;

import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** People sign up, in and out by forms; whoever tries to be somebody else learns nothing and gets nothing. */
@OnDatabase
@PagesWithAccounts
class SigningInModuleTests {

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    private String aName() {
        return "ann" + PEOPLE.incrementAndGet() + "@shop.kr";
    }

    private Visit somebody(String name) {
        return new Visit(port).signUp(name, PASSWORD);
    }

    private static void leadsTo(Reply reply, String address) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(303);
        assertThat(reply.headers().get("Location")).isEqualTo(address);
    }

    @Test
    void leadsNobodyToSignInAndBack() {
        String name = aName();
        somebody(name);
        Visit visit = new Visit(port);
        leadsTo(visit.get("/account?changed"), "/sign-in?next=%2Faccount%3Fchanged");
        Reply form = visit.get("/sign-in?next=%2Faccount%3Fchanged");
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.body()).contains("name=\"next\" value=\"/account?changed\"");
        assertThat(form.headers().get("Cache-Control")).isEqualTo("no-store");

        leadsTo(
                visit.post("/sign-in", "name", name.toUpperCase(), "password", PASSWORD, "next", "/account?changed"),
                "/account?changed");
        assertThat(visit.get("/account").body()).contains(name);
        assertThat(visit.get("/sign-in?next=/account").status()).isEqualTo(303);

        String session = visit.cookie("session");
        leadsTo(visit.post("/sign-out"), "/");
        assertThat(sql.queryForList(
                        "SELECT kind FROM trail WHERE who = ? ORDER BY id DESC LIMIT 1", String.class, "user " + name))
                .containsExactly("SIGNED_OUT");
        assertThat(visit.cookie("session")).isNull();
        leadsTo(visit.get("/account"), "/sign-in?next=%2Faccount");
        leadsTo(visit.having("session", session).get("/account"), "/sign-in?next=%2Faccount");
    }

    @Test
    void tellsAWrongPasswordAndAnUnknownNameAlike() {
        String name = aName();
        somebody(name);
        Visit visit = new Visit(port);
        visit.get("/sign-in");
        Reply wrong = visit.post("/sign-in", "name", name, "password", "Wrong-Kettle-42");
        Reply unknown = visit.post("/sign-in", "name", "no" + name, "password", "Wrong-Kettle-42");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body())
                .contains("value=\"" + name + "\"", "role=\"alert\"")
                .doesNotContain("Wrong-Kettle");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(withoutSecrets(unknown.body()))
                .isEqualTo(withoutSecrets(wrong.body()).replace(name, "no" + name));
        assertThat(visit.cookie("session")).isNull();
    }

    /** The switch of users and the link to the console are for local and open mode. */
    @Test
    void showsARefusalToTheVisitorWhoIsThere() {
        String name = aName();
        Visit visit = somebody(name);
        assertThat(List.of(visit.get("/console"), visit.postWithoutSecret("/account/token")))
                .allSatisfy(refused -> {
                    assertThat(refused.status()).isEqualTo(403);
                    assertThat(refused.body())
                            .contains("action=\"/sign-out\"")
                            .doesNotContain("/shop/visitor", "href=\"/console\"");
                });
        Visit stranger = new Visit(port);
        stranger.get("/sign-in");
        Reply wrong = stranger.post("/sign-in", "name", name, "password", "Wrong-Kettle-42");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body())
                .contains("href=\"/sign-in?next=")
                .doesNotContain("/shop/visitor", "href=\"/console\"", "action=\"/sign-out\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "SPRING_SESSION"})
    void aFailureOfTheDatabaseIsAPage(String table) {
        String name = aName();
        Visit visit = somebody(name);
        sql.execute("ALTER TABLE " + table + " RENAME TO away");
        try {
            Reply failed = visit.post("/sign-in", "name", name, "password", PASSWORD);
            assertThat(failed.status()).as(failed.toString()).isGreaterThanOrEqualTo(500);
            assertThat(failed.headers().get("Content-Type")).startsWith("text/html");
            assertThat(failed.body()).contains("<title>").doesNotContain("SQL", "/shop/visitor");
        } finally {
            sql.execute("ALTER TABLE away RENAME TO " + table);
        }
        assertThat(new Visit(port).signIn(name, PASSWORD).get("/account").status())
                .isEqualTo(200);
    }

    private static String withoutSecrets(String page) {
        return page.replaceAll("name=\"(_csrf|key)\" value=\"[^\"]*\"", "");
    }

    @Test
    void isPausedAndWritesTheTrail() {
        String name = aName();
        somebody(name);
        Visit visit = new Visit(port);
        visit.get("/sign-in");
        for (int i = 0; i < 6; i++) {
            assertThat(visit.post("/sign-in", "name", name, "password", "Wrong-Kettle-42")
                            .status())
                    .isEqualTo(401);
        }
        Reply paused = visit.post("/sign-in", "name", name, "password", PASSWORD);
        assertThat(paused.status()).isEqualTo(429);
        assertThat(paused.headers()).containsKey("Retry-After");
        assertThat(sql.queryForList("SELECT kind FROM trail WHERE who = ?", String.class, "user " + name))
                .containsOnly("SIGNED_UP", "SIGN_IN_FAILED")
                .hasSize(7);
    }

    @Test
    void signsUpOnceHoweverOftenTheFormIsSent() {
        String name = aName();
        Visit visit = new Visit(port);
        visit.get("/sign-up?next=/account");
        String[] form = {"name", name, "password", PASSWORD, "key", "the form's key", "next", "/account"};
        leadsTo(visit.post("/sign-up", form), "/account");
        visit.get("/account");
        leadsTo(visit.post("/sign-up", form), "/account");
        assertThat(visit.get("/account").body()).contains(name);

        Visit other = new Visit(port);
        other.get("/sign-up");
        Reply taken = other.post("/sign-up", "name", name, "password", PASSWORD, "key", "another key");
        assertThat(taken.status()).isEqualTo(409);
        Reply weak = other.post("/sign-up", "name", aName(), "password", "short", "key", "k");
        assertThat(weak.status()).isEqualTo(400);
        assertThat(weak.body()).contains("role=\"alert\"");
    }

    @Test
    void takesNobodysSessionOver() {
        String name = aName();
        somebody(name);
        Visit attacked = new Visit(port).having("session", "of-the-attacker.secret");
        attacked.signIn(name, PASSWORD);
        String first = attacked.cookie("session");
        assertThat(first).doesNotStartWith("of-the-attacker");
        Visit old = new Visit(port).having("session", first);
        assertThat(old.get("/account").status()).isEqualTo(200);

        attacked.post("/sign-out");
        attacked.signIn(name, PASSWORD);
        assertThat(attacked.cookie("session")).isNotEqualTo(first);
        assertThat(old.get("/account").status()).isEqualTo(303);
    }

    @Test
    void theOldSessionOfABrowserEndsWhenItSignsInAnew() {
        String name = aName();
        Visit visit = somebody(name);
        String first = visit.cookie("session");
        leadsTo(visit.post("/sign-in", "name", name, "password", PASSWORD), "/");
        assertThat(visit.cookie("session")).isNotEqualTo(first);
        assertThat(new Visit(port).having("session", first).get("/account").status())
                .isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void takesNoFormOfAnotherOriginEvenWithTheRightToken(String header) {
        String name = aName();
        Visit visit = somebody(name);
        visit.saying(header);
        assertThat(visit.post("/account/password", "currentPassword", PASSWORD, "newPassword", "Green-Kettle-42")
                        .status())
                .isEqualTo(403);
        assertThat(new Visit(port).signIn(name, PASSWORD).get("/account").status())
                .isEqualTo(200);
    }

    @Test
    void takesAFormOfItsOwnOrigin() {
        Visit visit = somebody(aName()).saying("Origin: http://localhost");
        leadsTo(visit.post("/sign-out"), "/");
    }

    @Test
    void keepsNoIdOfASessionInTheDatabase() {
        String id = new String(Base64.getDecoder().decode(somebody(aName()).cookie("session")), StandardCharsets.UTF_8);
        assertThat(id).hasSize(36);
        assertThat(sql.queryForList("SELECT * FROM SPRING_SESSION").toString())
                .isNotEqualTo("[]")
                .doesNotContain(id);
    }

    @Test
    void keepsCookiesFromScriptsAndFromPagesOfElsewhere() {
        String name = aName();
        somebody(name);
        Visit visit = new Visit(port);
        String secrets = visit.get("/sign-in").headers().get("Set-Cookie");
        assertThat(secrets).startsWith("csrf=").contains("HttpOnly", "SameSite=Lax", "Path=/");
        String session = visit.post("/sign-in", "name", name, "password", PASSWORD)
                .headers()
                .get("Set-Cookie");
        assertThat(session.substring(session.indexOf("session="))).contains("HttpOnly", "SameSite=Lax", "Path=/");
    }
}
