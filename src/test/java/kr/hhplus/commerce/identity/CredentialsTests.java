package kr.hhplus.commerce.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kr.hhplus.commerce.CommerceApplication;
import kr.hhplus.commerce.probe.SecretTokens;
import kr.hhplus.commerce.probe.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.env.MockEnvironment;

/** What is started where credentials are configured, what is not where none are, and which settings are refused. */
@ExtendWith(OutputCaptureExtension.class)
class CredentialsTests {

    private static final String KEY = "Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu";
    private static final String DATABASE = "--spring.datasource.url=jdbc:h2:mem:credentials;MODE=MySQL;"
            + "DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";

    private static final List<String> SPELLINGS = List.of(
            "/admin/sale",
            "/admin/sale/",
            "//admin/sale",
            "/admin//sale",
            "/./admin/sale",
            "/admin/./sale",
            "/products/../admin/sale",
            "/products/%2e%2e/admin/sale",
            "/products/..%2fadmin/sale",
            "/products/..;/admin/sale",
            "/%61dmin/sale",
            "/admin%2fsale",
            "/admin;x=1/sale",
            "/admin/sale;x",
            "/ADMIN/sale",
            "/admin/sale%00",
            "/actuator/prometheus",
            "/actuator",
            "/actuator/health/../prometheus",
            "/actuator/health/..;/prometheus");

    private static ConfigurableApplicationContext start(String... settings) {
        String[] all = new String[settings.length + 3];
        System.arraycopy(settings, 0, all, 3, settings.length);
        all[0] = DATABASE;
        all[1] = "--server.port=0";
        all[2] = "--commerce.sample-data=false";
        return SpringApplication.run(CommerceApplication.class, all);
    }

    private static Wire wire(ConfigurableApplicationContext context) {
        return new Wire(
                ((ServletWebServerApplicationContext) context).getWebServer().getPort());
    }

    @Test
    void startsNothingOfItWhereNothingIsConfigured() {
        try (var context = start()) {
            assertThat(context.getBeanDefinitionNames())
                    .noneMatch(name -> String.valueOf(context.getType(name)).contains("springframework.security"))
                    .noneMatch(name -> String.valueOf(context.getType(name)).contains("identity.tokens.Tokens"))
                    .noneMatch(name -> String.valueOf(context.getType(name)).contains("identity.accounts.Sign"));
            assertThat(wire(context).post("/users", "application/json", "{}").code())
                    .isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void listensEverywhereAndWantsATokenUnderAnyName() {
        try (var context = start("--server.address=0.0.0.0", "--commerce.accounts.signing-key=" + KEY)) {
            Wire wire = wire(context);
            String token = "Authorization: Bearer " + SecretTokens.token(KEY, 7);
            assertThat(wire.get("/balance", "Host: shop.example").code()).isEqualTo("UNAUTHENTICATED");
            assertThat(wire.get("/balance", "Host: shop.example", token).status())
                    .isEqualTo(200);
            assertThat(wire.get("/balance?userId=8", token).code()).isEqualTo("FORBIDDEN");
            assertThat(wire.post("/users", "application/json", "{}").status())
                    .as("a key alone makes no accounts")
                    .isEqualTo(404);
        }
    }

    @Test
    void noSpellingLeadsAUserToTheOperatorsThings() {
        String user = "Authorization: Bearer " + SecretTokens.token(KEY, 7);
        String admin = "Authorization: Bearer " + SecretTokens.token(KEY, 7, "ADMIN");
        try (var context = start("--commerce.accounts.signing-key=" + KEY)) {
            Wire wire = wire(context);
            for (String target : SPELLINGS) {
                assertThat(wire.get(target, user).status()).as(target).isBetween(400, 404);
                assertThat(wire.get(target).status()).as(target).isBetween(400, 404);
            }
            assertThat(wire.get("/admin/sale", admin).status()).isEqualTo(200);
        }
    }

    @Test
    void checksARequestWhoseBodyComesLateJustAsWell() throws Exception {
        try (var context = start("--commerce.accounts.signing-key=" + KEY)) {
            Wire wire = wire(context);
            assertThat(chargedLate(wire, 7, null).code()).isEqualTo("UNAUTHENTICATED");
            assertThat(chargedLate(wire, 7, SecretTokens.token(KEY, 8)).code()).isEqualTo("FORBIDDEN");
            assertThat(chargedLate(wire, 7, SecretTokens.token(KEY, 7)).status())
                    .isEqualTo(200);
        }
    }

    private static Wire.Reply chargedLate(Wire wire, long userId, String token) throws Exception {
        byte[] body = ("{\"userId\":" + userId + ",\"amount\":1}").getBytes(StandardCharsets.UTF_8);
        String[] headers = token == null ? new String[2] : new String[3];
        headers[0] = "Content-Type: application/json";
        headers[1] = "Content-Length: " + body.length;
        if (token != null) {
            headers[2] = "Authorization: Bearer " + token;
        }
        try (Socket socket = wire.open()) {
            socket.getOutputStream()
                    .write(Wire.head("POST", "/balance/charge", headers).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body, 0, 5);
            socket.getOutputStream().flush();
            Thread.sleep(300);
            socket.getOutputStream().write(body, 5, body.length - 5);
            return Wire.read(socket);
        }
    }

    @Test
    void guardsAManagementPortOfItsOwn() {
        try (var context = start(
                "--commerce.accounts.signing-key=" + KEY,
                "--management.server.port=0",
                "--management.server.address=127.0.0.1")) {
            Wire management = new Wire(Integer.parseInt(context.getEnvironment().getProperty("local.management.port")));
            assertThat(management.get("/actuator/health").status()).isEqualTo(200);
            assertThat(management.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(management.get("/actuator/prometheus").status()).isEqualTo(401);
            assertThat(management
                            .get("/actuator/prometheus", "Authorization: Bearer " + SecretTokens.token(KEY, 7))
                            .status())
                    .isEqualTo(403);
            assertThat(management
                            .get("/actuator/info", "Authorization: Bearer " + SecretTokens.token(KEY, 7, "ADMIN"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void takesTokensOfTheOldKeyWhileItIsListed() {
        String old = "Old-3vQ8sLw0zXr5tYh2nB7kGd4fPc9a";
        try (var context = start("--commerce.accounts.signing-key=" + KEY + "," + old)) {
            for (String key : new String[] {KEY, old}) {
                assertThat(wire(context)
                                .get("/balance", "Authorization: Bearer " + SecretTokens.token(key, 7))
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void saysInOneLineWhyAKeyIsRefusedAndNotTheKey(CapturedOutput output) {
        assertThatThrownBy(() -> start("--commerce.accounts.signing-key=tooShort-Zq9"))
                .isInstanceOf(AccessRefusedException.class);
        assertThat(output.getAll())
                .contains("commerce.accounts.signing-key has 12 bytes, fewer than 32.")
                .doesNotContain("tooShort-Zq9", "\tat ", "HikariPool");
    }

    @ParameterizedTest
    @CsvSource({
        "'', is missing",
        "0123456789012345678901234567890, fewer than 32",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, repeats itself",
        "change-me-please-0123456789-abcdefghij, looks like an example",
        "'Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu,short', fewer than 32"
    })
    void refusesKeysThatCouldBeGuessed(String key, String why) {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("commerce.accounts.enabled", "true")
                .withProperty("commerce.accounts.signing-key", key);
        assertThatThrownBy(() -> SigningKeys.of(settings))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesToBeOpenWithCredentials() {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("commerce.access", "open")
                .withProperty("spring.security.oauth2.resourceserver.jwt.issuer-uri", "https://id.example");
        assertThatThrownBy(() -> Access.of(settings)).hasMessageContaining("credentials are configured as well");
    }
}
