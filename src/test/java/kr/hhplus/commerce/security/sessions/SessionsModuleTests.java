package kr.hhplus.commerce.security.sessions;

import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.CommerceApplication;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.servers.FreshDataDirectory;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long a session holds, where it holds, and what ends it. */
@OnDatabase
@PagesWithAccounts
class SessionsModuleTests {

    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final String CHANGED = "Green-Kettle-42";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    @Autowired
    private InstallationSessions sessions;

    @Autowired
    private RevokedGenerations revoked;

    @Autowired
    private Clock clock;

    @Autowired
    private PageSessionProperties settings;

    @Autowired
    private Environment environment;

    private String name;
    private Visit visit;
    private String id;

    @BeforeEach
    void somebodyNew() {
        name = "ben" + PEOPLE.incrementAndGet() + "@shop.kr";
        visit = new Visit(port).signUp(name, PASSWORD);
        id = sql.queryForObject(
                "SELECT SESSION_ID FROM SPRING_SESSION WHERE PRINCIPAL_NAME = ?", String.class, userOf(visit));
    }

    private boolean holds(Visit browser) {
        return browser.get("/account").status() == 200;
    }

    /** As if the session had begun, and been used last, so long ago. */
    private void age(Duration sinceBegun, Duration sinceUsed) {
        Instant now = Instant.now();
        assertThat(sql.update(
                        "UPDATE SPRING_SESSION SET CREATION_TIME = ?, LAST_ACCESS_TIME = ? WHERE SESSION_ID = ?",
                        now.minus(sinceBegun).toEpochMilli(),
                        now.minus(sinceUsed).toEpochMilli(),
                        id))
                .isEqualTo(1);
    }

    private long rows() {
        return sql.queryForObject("SELECT COUNT(*) FROM SPRING_SESSION WHERE SESSION_ID = ?", Long.class, id);
    }

    @Test
    void endsWhereNobodyCame() {
        age(settings.idleTimeout(), settings.idleTimeout().minusMinutes(1));
        assertThat(holds(visit)).isTrue();
        age(settings.idleTimeout(), settings.idleTimeout().plusSeconds(1));
        assertThat(holds(visit)).isFalse();
        assertThat(rows()).isZero();
    }

    @Test
    void endsHoweverBusyItIs() {
        age(settings.maxLifetime().minusMinutes(1), settings.touchInterval().plusSeconds(1));
        assertThat(holds(visit)).isTrue();
        assertThat(sql.queryForObject(
                        "SELECT MAX_INACTIVE_INTERVAL FROM SPRING_SESSION WHERE SESSION_ID = ?", Integer.class, id))
                .isLessThanOrEqualTo(60);
        age(settings.maxLifetime().plusSeconds(1), Duration.ZERO);
        assertThat(holds(visit)).isFalse();
        assertThat(rows()).isZero();
    }

    @Test
    void isTakenAwaySomeTimeAfterItsEnd() {
        sql.update("UPDATE SPRING_SESSION SET EXPIRY_TIME = 1 WHERE SESSION_ID = ?", id);
        Visit other = new Visit(port).signIn(name, PASSWORD);
        sessions.purge();
        assertThat(rows()).isZero();
        assertThat(sql.queryForObject(
                        "SELECT COUNT(*) FROM SPRING_SESSION_ATTRIBUTES WHERE SESSION_PRIMARY_ID NOT IN"
                                + " (SELECT PRIMARY_ID FROM SPRING_SESSION)",
                        Long.class))
                .isZero();
        assertThat(holds(other)).isTrue();
    }

    @Test
    void aChangeOfPasswordEndsAllOthers() {
        Visit other = new Visit(port).signIn(name, PASSWORD);
        Reply wrong = visit.post("/account/password", "currentPassword", "no", "newPassword", CHANGED);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).contains("role=\"alert\"");
        assertThat(holds(other)).isTrue();

        Reply changed = visit.post("/account/password", "currentPassword", PASSWORD, "newPassword", CHANGED);
        assertThat(changed.status()).as(changed.toString()).isEqualTo(303);
        assertThat(holds(visit)).isTrue();
        assertThat(holds(other)).isFalse();
        assertThat(holds(new Visit(port).signIn(name, CHANGED))).isTrue();
    }

    /** The sign-in checks the password before the change, and its session begins after it. */
    @Test
    void aSignInWithAPasswordThatIsBeingChangedEndsAtOnce() {
        Visit late = new Visit(port).signIn(name, PASSWORD);
        sql.update(
                "UPDATE account SET generation = generation + 1, revoked_at = ? WHERE user_id = ?",
                Utc.toColumn(clock.instant()),
                Long.valueOf(userOf(late)));
        revoked.poll();
        assertThat(holds(late)).isFalse();
        assertThat(holds(new Visit(port).signIn(name, PASSWORD))).isTrue();
    }

    private String userOf(Visit browser) {
        return browser.get("/balance", "Accept: application/json")
                .json()
                .get("userId")
                .asText();
    }

    @Test
    void signingOutEverywhereEndsAllByPageAndByApi() {
        Visit other = new Visit(port).signIn(name, PASSWORD);
        assertThat(visit.post("/account/sign-out-everywhere").status()).isEqualTo(303);
        assertThat(holds(visit)).isFalse();
        assertThat(holds(other)).isFalse();

        Visit again = new Visit(port).signIn(name, PASSWORD);
        String token = "Authorization: Bearer " + again.token();
        assertThat(new Visit(port).delete("/account/tokens", token).status()).isEqualTo(200);
        assertThat(holds(again)).isFalse();

        again = new Visit(port).signIn(name, PASSWORD);
        other = new Visit(port).signIn(name, PASSWORD);
        assertThat(again.delete("/account/tokens").status()).isEqualTo(403);
        assertThat(holds(again)).isTrue();
        assertThat(again.delete("/account/tokens", again.csrf()).status()).isEqualTo(200);
        assertThat(holds(again)).isFalse();
        assertThat(holds(other)).isFalse();
    }

    @Test
    void holdsOnAnotherInstance() {
        List<String> same =
                List.of("spring.datasource.url", "commerce.accounts.signing-key", "spring.datasource.username");
        String[] options = same.stream()
                .map(property -> "--" + property + "=" + environment.getProperty(property))
                .toArray(String[]::new);
        try (ConfigurableApplicationContext another = new SpringApplicationBuilder(CommerceApplication.class)
                .properties(
                        "server.port=0",
                        "commerce.sample-data=false",
                        "commerce.data-dir=" + FreshDataDirectory.newDirectory(),
                        "commerce.accounts.enabled=true")
                .run(options)) {
            int there = another.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            Visit elsewhere = visit.at(there);
            assertThat(holds(elsewhere)).isTrue();
            assertThat(elsewhere.post("/sign-out").status()).isEqualTo(303);
            assertThat(holds(visit)).isFalse();
        }
    }
}
