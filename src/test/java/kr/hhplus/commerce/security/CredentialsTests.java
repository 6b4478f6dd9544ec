package kr.hhplus.commerce.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import kr.hhplus.commerce.CommerceApplication;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.SecretTokens;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** What is started where credentials are configured, what is not where none are, and who may do what. */
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
                    .noneMatch(name -> String.valueOf(context.getType(name)).contains("security.tokens.Tokens"))
                    .noneMatch(name -> String.valueOf(context.getType(name)).contains("security.accounts.Sign"));
            assertThat(wire(context).post("/users", "application/json", "{}").code())
                    .isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void listensEverywhereAndWantsATokenUnderAnyName() {
        try (var context = start("--server.address=0.0.0.0", "--commerce.accounts.signing-key=" + KEY)) {
            assertThat(context.getBeansOfType(FilterRegistrationBean.class).values())
                    .filteredOn(FilterRegistrationBean::isEnabled)
                    .filteredOn(registration -> registration.getFilterName().equals("securityFilter")
                            || registration.getFilter().getClass().getName().startsWith("org.springframework.security"))
                    .as("a token is checked once")
                    .hasSize(1);
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
    void takesTheCallersOwnNumberWhereverItIsLeftOut() {
        String token = "Authorization: Bearer " + SecretTokens.token(KEY, 7);
        String form = "application/x-www-form-urlencoded";
        try (var context = start("--commerce.accounts.signing-key=" + KEY)) {
            Wire wire = wire(context);
            List<Reply> charges = List.of(
                    wire.post("/balance/charge?amount=5", "application/json", "", token),
                    wire.post("/balance/charge", form, "amount=5", token),
                    wire.post("/balance/charge", "application/json", "{\"amount\":5}", token));
            assertThat(charges)
                    .extracting(charge -> charge.json().path("userId").asLong())
                    .containsExactly(7L, 7L, 7L);
            assertThat(wire.post("/balance/charge?userId=8&amount=5", form, "", token)
                            .code())
                    .isEqualTo("FORBIDDEN");
            assertThat(wire.post("/balance/charge", form, "userId=8&amount=5", token)
                            .code())
                    .isEqualTo("FORBIDDEN");
            assertThat(wire.get("/balance?userId=x", token).code())
                    .as("what does not fit comes before whose it is")
                    .isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void letsAdministratorsAndBackEndsActForUsersAndKeepsTheirKeysApart() {
        try (var context = start("--commerce.accounts.signing-key=" + KEY)) {
            Wire wire = wire(context);
            String charge = "{\"userId\":77,\"amount\":5}";
            for (String token : List.of(
                    SecretTokens.token(KEY, 77),
                    SecretTokens.token(KEY, 78, "ADMIN"),
                    SecretTokens.token(KEY, "billing", "SERVICE"),
                    SecretTokens.token(KEY, "shipping", "SERVICE"))) {
                String[] headers = {"Authorization: Bearer " + token, "Idempotency-Key: same"};
                Reply first = wire.post("/balance/charge", "application/json", charge, headers);
                assertThat(first.status()).as(first.body()).isEqualTo(200);
                assertThat(first.headers()).doesNotContainKey("Idempotent-Replayed");
                Reply again = wire.post("/balance/charge", "application/json", charge, headers);
                assertThat(again.body()).isEqualTo(first.body());
                assertThat(again.headers()).containsKey("Idempotent-Replayed");
            }
            assertThat(wire.get("/balance", "Authorization: Bearer " + SecretTokens.token(KEY, 77))
                            .json()
                            .get("balance")
                            .asLong())
                    .isEqualTo(20);
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
            assertThat(chargedLate(context, 7, null).code()).isEqualTo("UNAUTHENTICATED");
            assertThat(chargedLate(context, 7, SecretTokens.token(KEY, 8)).code())
                    .isEqualTo("FORBIDDEN");
            assertThat(chargedLate(context, 7, SecretTokens.token(KEY, 7)).status())
                    .isEqualTo(200);
        }
    }

    private static Reply chargedLate(ConfigurableApplicationContext context, long userId, String token)
            throws Exception {
        byte[] body = ("{\"userId\":" + userId + ",\"amount\":1}").getBytes(StandardCharsets.UTF_8);
        String[] headers = token == null ? new String[2] : new String[3];
        headers[0] = "Content-Type: application/json";
        headers[1] = "Content-Length: " + body.length;
        if (token != null) {
            headers[2] = "Authorization: Bearer " + token;
        }
        try (Socket socket = wire(context).open()) {
            socket.getOutputStream()
                    .write(Wire.head("POST", "/balance/charge", headers).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body, 0, 5);
            socket.getOutputStream().flush();
            await().until(() -> waitsWithoutAThread(context));
            socket.getOutputStream().write(body, 5, body.length - 5);
            return Wire.read(socket);
        }
    }

    /** A request is under way, and no thread of the server is at work. */
    private static boolean waitsWithoutAThread(ConfigurableApplicationContext context) {
        LongTaskTimer underWay = context.getBean(MeterRegistry.class)
                .find("http.server.requests.active")
                .longTaskTimer();
        boolean atWork = Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().startsWith("org.apache.catalina.core.StandardHostValve"));
        return underWay != null && underWay.activeTasks() == 1 && !atWork;
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
}
