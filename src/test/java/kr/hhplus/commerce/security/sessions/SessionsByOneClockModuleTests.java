package kr.hhplus.commerce.security.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import kr.hhplus.commerce.kernel.time.ShiftedMachine;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;

/** The installation's time is two days behind the clock that Spring Session and Spring Security would ask. */
@Import(ShiftedMachine.class)
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=" + PagesWithAccounts.KEY,
            "commerce.rate-limit.enabled=false",
            ShiftedMachine.FILE + "=src/test/resources/clock/two-days-behind"
        })
class SessionsByOneClockModuleTests {

    private static final String NAME = "ann@shop.kr";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    @Autowired
    private InstallationSessions sessions;

    @Autowired
    private PageSessionProperties settings;

    @Autowired
    private Clock clock;

    private Visit visit;

    @BeforeEach
    void signIn() {
        sql.update("DELETE FROM SPRING_SESSION");
        visit = new Visit(port).signUp(NAME, PagesWithAccounts.PASSWORD);
        if (visit.get("/account").status() != 200) {
            visit = new Visit(port).signIn(NAME, PagesWithAccounts.PASSWORD);
        }
    }

    @Test
    void holdsByTheInstallationsClock() {
        assertThat(visit.get("/account").status()).isEqualTo(200);
        Map<String, Object> row = sql.queryForMap("SELECT * FROM SPRING_SESSION");
        long begun = (long) row.get("CREATION_TIME");
        assertThat(begun).isBetween(clock.millis() - 60_000, clock.millis());
        assertThat(row.get("LAST_ACCESS_TIME")).isEqualTo(begun);
        assertThat(row.get("EXPIRY_TIME"))
                .isEqualTo(begun + settings.left(Duration.ZERO).toMillis());
    }

    @Test
    void endsByTheInstallationsClock() {
        sql.update(
                "UPDATE SPRING_SESSION SET LAST_ACCESS_TIME = LAST_ACCESS_TIME - ?",
                settings.idleTimeout().toMillis());
        assertThat(visit.get("/account").status()).isNotEqualTo(200);
    }

    @Test
    void isNotTakenAwayBefore() {
        sessions.purge();
        assertThat(visit.get("/account").status()).isEqualTo(200);
        sql.update("UPDATE SPRING_SESSION SET EXPIRY_TIME = ?", clock.millis() - 1_000);
        sessions.purge();
        assertThat(sql.queryForObject("SELECT COUNT(*) FROM SPRING_SESSION", Long.class))
                .isZero();
    }
}
