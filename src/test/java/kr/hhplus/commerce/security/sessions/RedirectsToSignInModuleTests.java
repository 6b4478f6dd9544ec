package kr.hhplus.commerce.security.sessions;

import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.OWNER;
import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Where people are sent whose page it is not, and where they come out after signing in: never on another server. */
@PagesWithAccounts
class RedirectsToSignInModuleTests {

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @LocalServerPort
    private int port;

    private String aName() {
        return "cho" + PEOPLE.incrementAndGet() + "@shop.kr";
    }

    private Visit somebody(String name) {
        return new Visit(port).signUp(name, PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example/",
                "/%0d%0aSet-Cookie:x",
                "javascript:alert(1)",
                "evil.example",
                "/\tevil",
                "/shop/../../x",
                "/shop/%2e%2e/%2E%2E/x",
                "/..",
                "/shop/%zz",
                ""
            })
    void neverLeadsElsewhere(String next) {
        String name = aName();
        somebody(name);
        Visit visit = new Visit(port);
        visit.get("/sign-in");
        Reply reply = visit.post("/sign-in", "name", name, "password", PASSWORD, "next", next);
        if (reply.status() == 303) {
            assertThat(reply.headers().get("Location")).matches("/([A-Za-z%][^\\\\]*)?");
            assertThat(reply.headers().get("Set-Cookie")).doesNotContainPattern("(^|, )x[;,=]");
        } else {
            assertThat(reply.status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%2f/evil.example", "/%2fevil.example", "/%5cevil.example"})
    void leadsToAPathOfThisServerHoweverItIsSpelled(String next) {
        String name = aName();
        somebody(name);
        Visit visit = new Visit(port);
        visit.get("/sign-in");
        String location = visit.post("/sign-in", "name", name, "password", PASSWORD, "next", next)
                .headers()
                .get("Location");
        assertThat(URI.create("http://shop.example/").resolve(location).getHost())
                .isEqualTo("shop.example");
        assertThat(location).doesNotStartWith("//").doesNotContain("\\");
    }

    @Test
    void letsTheFirstAdministratorIntoTheConsoleAlone() {
        Visit owner = new Visit(port).signIn(OWNER, PASSWORD);
        assertThat(owner.get("/console").status()).isNotIn(303, 401, 403);
        Visit user = somebody(aName());
        Reply refused = user.get("/console");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.headers().get("Content-Type")).startsWith("text/html");
        assertThat(new Visit(port).get("/console").headers().get("Location")).isEqualTo("/sign-in?next=%2Fconsole");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/sign-in", "/sign-up", "/account", "/shop/cart", "/shop/orders", "/shop/coupons/1", "/console"})
    void showsTheSamePageHoweverItsAddressIsWritten(String address) {
        Visit owner = new Visit(port).signIn(OWNER, PASSWORD);
        for (Visit visit : List.of(new Visit(port), owner)) {
            Reply plain = visit.get(address);
            StringBuilder encoded = new StringBuilder();
            for (char c : address.toCharArray()) {
                encoded.append(c == '/' ? "/" : "%" + Integer.toHexString(c));
            }
            Reply same = visit.get(encoded.toString());
            assertThat(same.status()).as(encoded + " as " + address).isEqualTo(plain.status());
            assertThat(titleOf(same)).isEqualTo(titleOf(plain));
        }
    }

    private static String titleOf(Reply page) {
        int title = page.body().indexOf("<title>");
        return title < 0 ? "" : page.body().substring(title, page.body().indexOf("</title>"));
    }

    @Test
    void showsARefusedFormAgainHoweverItsAddressIsWritten() {
        Visit visit = new Visit(port);
        visit.get("/sign-in");
        Reply signIn = visit.post("/%73ign-in", "name", "nobody@shop.kr", "password", "Wrong-Kettle-42");
        assertThat(signIn.status()).isEqualTo(401);
        assertThat(signIn.body()).contains("nobody@shop.kr", "role=\"alert\"");
        Reply signUp = visit.post("/sign-u%70", "name", "x", "password", "Wrong-Kettle-42", "key", "a-key");
        assertThat(signUp.status()).isEqualTo(400);
        assertThat(signUp.body()).contains("name=\"key\"", "role=\"alert\"");
    }

    @Test
    void showsAnythingButItsOwnRefusalsUnderTheirAddress() {
        assertThat(new Wire(port).get("/sign-in/refused").status()).isEqualTo(401);
    }

    @Test
    void sendsAScriptToTheWholePage() {
        Reply reply = new Visit(port).get("/account", "HX-Request: true");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.headers().get("HX-Redirect")).isEqualTo("/sign-in?next=%2Faccount");
    }
}
