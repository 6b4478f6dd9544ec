package kr.hhplus.commerce.security.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfTokenRepository;

/** Where nobody signs in there is nothing to sign in with, and forms of elsewhere are refused by where they are. */
@ServedShop
class PagesInLocalModeTests {

    private static final String FORM = "application/x-www-form-urlencoded";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @Test
    void hasNothingToSignInWith() {
        assertThat(context.getBeanNamesForType(SecurityFilterChain.class)).isEmpty();
        assertThat(context.getBeanNamesForType(CsrfTokenRepository.class)).isEmpty();
        assertThat(context.getBeanNamesForType(InstallationSessions.class)).isEmpty();
        Visit visit = new Visit(port);
        assertThat(visit.get("/").body()).doesNotContain("/sign-in", "_csrf");
        assertThat(visit.get("/sign-in").status()).isEqualTo(404);
        assertThat(visit.get("/account").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/visitor", "/shop/cart", "/shop/checkout", "/shop/balance", "/console/sale"})
    void refusesFormsOfElsewhere(String form) {
        Wire wire = new Wire(port);
        for (String origin : new String[] {"https://evil.example", "null"}) {
            assertThat(wire.post(form, FORM, "user=2&paused=true", "Origin: " + origin, "Accept: text/html")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(wire.get("/admin/sale").body()).contains("\"paused\":false");
    }

    @Test
    void takesItsOwn() {
        Wire wire = new Wire(port);
        String own = "Origin: http://localhost:" + port;
        assertThat(wire.post("/shop/visitor", FORM, "user=2", own, "Accept: text/html")
                        .status())
                .isEqualTo(303);
    }
}
