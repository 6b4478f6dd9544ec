package kr.hhplus.commerce.security.sessions;

import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.OWNER;
import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** A user makes tokens for scripts on the account page. A token ends when it is revoked, expires, or with all. */
@OnDatabase
@PagesWithAccounts
class PersonalTokensModuleTests {

    private static final Pattern TOKEN = Pattern.compile("hhp_[A-Za-z0-9_-]{43}");
    private static final Pattern ID = Pattern.compile("name=\"tokenId\" value=\"(\\d+)\"");
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final Duration TWO_SECONDS_AND_A_SLOW_MACHINE = Duration.ofSeconds(30);

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    private String name;
    private Visit visit;
    private Wire wire;

    @BeforeEach
    void somebodyNew() {
        name = "eva" + PEOPLE.incrementAndGet() + "@shop.kr";
        visit = new Visit(port).signUp(name, PASSWORD);
        wire = new Wire(port);
    }

    private static String match(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(found.groupCount());
    }

    private String created(Visit browser) {
        Reply page = browser.post("/account/token", "name", "nightly report", "days", "30");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.headers().get("Cache-Control")).isEqualTo("no-store");
        return match(TOKEN, page.body());
    }

    private int statusWith(String token, String path) {
        return wire.get(path, "Authorization: Bearer " + token).status();
    }

    private void ends(String token) {
        await().atMost(TWO_SECONDS_AND_A_SLOW_MACHINE).until(() -> statusWith(token, "/balance") == 401);
    }

    @Test
    void callsTheApiAsItsUserAndIsShownOnce() {
        String token = created(visit);
        assertThat(statusWith(token, "/balance")).isEqualTo(200);
        assertThat(statusWith(token, "/admin/sale")).isEqualTo(403);
        assertThat(wire.get("/balance?userId=7", "Authorization: Bearer " + token)
                        .code())
                .isEqualTo("FORBIDDEN");
        Reply page = visit.get("/account");
        assertThat(page.body()).contains("nightly report").doesNotContain(token);
        assertThat(statusWith(created(new Visit(port).signIn(OWNER, PASSWORD)), "/admin/sale"))
                .isEqualTo(200);
    }

    @Test
    void isStoredAsADigest() {
        String token = created(visit);
        List<Map<String, Object>> rows = sql.queryForList("SELECT * FROM personal_access_token");
        assertThat(rows).isNotEmpty();
        rows.forEach(row -> row.values()
                .forEach(value -> assertThat(value instanceof byte[] bytes ? new String(bytes) : String.valueOf(value))
                        .doesNotContain(token.substring(4))));
    }

    @Test
    void endsWhenItIsRevokedByItsUserAlone() {
        String token = created(visit);
        String id = match(ID, visit.get("/account").body());
        Visit other = new Visit(port).signUp("of" + name, PASSWORD);
        assertThat(other.post("/account/token/revoke", "tokenId", id).status()).isEqualTo(303);
        assertThat(visit.get("/account").body()).contains(id);
        assertThat(visit.post("/account/token/revoke", "tokenId", id).status()).isEqualTo(303);
        ends(token);
        assertThat(visit.get("/account").body()).doesNotContain(id);
    }

    @Test
    void endsWhenItExpires() {
        String token = created(visit);
        sql.update("UPDATE personal_access_token SET expires_at = '2020-01-01 00:00:00'");
        ends(token);
    }

    @Test
    void endsWithASignOutEverywhereAndWithAPasswordChange() {
        String first = created(visit);
        assertThat(visit.post("/account/sign-out-everywhere").status()).isEqualTo(303);
        ends(first);
        visit = new Visit(port).signIn(name, PASSWORD);
        String second = created(visit);
        assertThat(visit.post("/account/password", "currentPassword", PASSWORD, "newPassword", "Green-Kettle-42")
                        .status())
                .isEqualTo(303);
        ends(second);
    }

    @Test
    void hasABoundedLifeAndNumber() {
        for (String days : List.of("0", "366", "-1", "x", "")) {
            assertThat(visit.post("/account/token", "name", "a", "days", days).status())
                    .as(days)
                    .isEqualTo(400);
        }
        assertThat(visit.post("/account/token", "name", " ", "days", "1").status())
                .isEqualTo(400);
        for (int i = 0; i < 20; i++) {
            created(visit);
        }
        Reply refused = visit.post("/account/token", "name", "one more", "days", "1");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("role=\"alert\"");
        assertThat(statusWith("hhp_unknown", "/balance")).isEqualTo(401);
    }
}
