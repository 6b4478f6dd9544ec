package kr.hhplus.commerce.security.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.TestIssuer;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** With an issuer and no accounts the pages show what is open to everybody, and offer nothing to sign in with. */
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "commerce.sample-data=true")
class PagesWithAnIssuerTests {

    private static final TestIssuer ISSUER = new TestIssuer();

    @LocalServerPort
    private int port;

    private Visit visit;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry settings) {
        settings.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::uri);
    }

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    @BeforeEach
    void come() {
        visit = new Visit(port);
    }

    @Test
    void showsTheCatalogue() {
        Reply page = visit.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("/shop/products/").doesNotContain("/sign-in");
        assertThat(page.headers()).doesNotContainKey("Set-Cookie");
        assertThat(visit.get("/shop/products/1").status()).isEqualTo(200);
    }

    @Test
    void saysOnAPageThatTheRestIsNotForEverybody() {
        for (String path : new String[] {"/shop/orders", "/shop/balance", "/account", "/console"}) {
            Reply page = visit.get(path);
            assertThat(page.status()).as(path).isEqualTo(401);
            assertThat(page.headers().get("Content-Type")).startsWith("text/html");
            assertThat(page.body()).contains("href=\"" + path + "?lang=ko\"");
        }
        assertThat(visit.post("/shop/checkout", "items", "1x1", "key", "k").status())
                .isEqualTo(401);
        assertThat(visit.get("/sign-in").status()).isEqualTo(404);
    }
}
