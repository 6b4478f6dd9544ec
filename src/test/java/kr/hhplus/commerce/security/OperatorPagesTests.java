package kr.hhplus.commerce.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.CommerceApplication;
import kr.hhplus.commerce.testkit.SecretTokens;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Actuator stays the operators', health alone open, however the settings of Spring Boot spell where it lies. */
class OperatorPagesTests {

    private static final String KEY = "Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu";
    private static final String USER = "Authorization: Bearer " + SecretTokens.token(KEY, 7);
    private static final String ADMIN = "Authorization: Bearer " + SecretTokens.token(KEY, 8, "ADMIN");

    private static ConfigurableApplicationContext start(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--spring.datasource.url=jdbc:h2:mem:operators;MODE=MySQL;DATABASE_TO_LOWER=TRUE;"
                + "CASE_INSENSITIVE_IDENTIFIERS=TRUE");
        all.add("--server.port=0");
        all.add("--commerce.sample-data=false");
        all.add("--commerce.accounts.signing-key=" + KEY);
        return SpringApplication.run(CommerceApplication.class, all.toArray(String[]::new));
    }

    private static Wire port(ConfigurableApplicationContext context, String name) {
        return new Wire(Integer.parseInt(context.getEnvironment().getProperty("local." + name + ".port")));
    }

    private static void guards(Wire wire, String base) {
        assertThat(wire.get(base + "/health").status()).isEqualTo(200);
        assertThat(wire.get(base + "/health/readiness").status()).isEqualTo(200);
        for (String page : List.of("/prometheus", "/info")) {
            assertThat(wire.get(base + page).status()).isEqualTo(401);
            assertThat(wire.get(base + page, USER).status()).isEqualTo(403);
            assertThat(wire.get(base + page, ADMIN).status()).isEqualTo(200);
        }
        assertThat(wire.post(base + "/health", "application/json", "{}", USER).status())
                .isEqualTo(403);
    }

    private static void servesTheShop(Wire wire) {
        assertThat(wire.get("/products").status()).isEqualTo(200);
        assertThat(wire.get("/balance").status()).isEqualTo(401);
        assertThat(wire.get("/balance", USER).status()).isEqualTo(200);
        assertThat(wire.get("/admin/sale", USER).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"/manage,/manage", "/manage/,/manage", "/,''", "'',''", "//,''"})
    void onTheShopsOwnPort(String setting, String base) {
        try (var context = start("--management.endpoints.web.base-path=" + setting)) {
            Wire wire = port(context, "server");
            guards(wire, base);
            assertThat(base.isEmpty() ? 403 : wire.get(base, USER).status()).isEqualTo(403);
            servesTheShop(wire);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',/actuator,/actuator", "/m/,/,/m", "'',/,''", "/m,/actuator/,/m/actuator"})
    void onAPortOfTheirOwn(String serverSetting, String setting, String base) {
        try (var context = start(
                "--management.server.port=0",
                "--management.server.address=127.0.0.1",
                "--management.server.base-path=" + serverSetting,
                "--management.endpoints.web.base-path=" + setting)) {
            Wire management = port(context, "management");
            guards(management, base);
            assertThat(management.get(base + "/health").headers())
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsKeys("X-Frame-Options", "Content-Security-Policy", "Referrer-Policy");
            assertThat(management.get(base + "/anything", USER).status()).isEqualTo(403);
            Wire wire = port(context, "server");
            servesTheShop(wire);
            assertThat(wire.get("/actuator/prometheus", ADMIN).status()).isEqualTo(404);
        }
    }

    @Test
    void underAnotherNameOfHealth() {
        try (var context = start("--management.endpoints.web.path-mapping.health=alive")) {
            Wire wire = port(context, "server");
            assertThat(wire.get("/actuator/alive").status()).isEqualTo(200);
            assertThat(wire.get("/actuator/health").status()).isEqualTo(401);
        }
    }
}
