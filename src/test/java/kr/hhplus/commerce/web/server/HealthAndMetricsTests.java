package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ProbedServer
class HealthAndMetricsTests {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void areUp(String target) {
        assertThat(new Wire(port).get(target).json().get("status").asText()).isEqualTo("UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/beans", "/actuator/heapdump", "/actuator/loggers"})
    void showNothingElse(String target) {
        assertThat(new Wire(port).get(target).code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void countRequestsByPathWithAHistogram() {
        Wire wire = new Wire(port);
        wire.get("/probe/things/1");
        wire.post("/probe/order", "application/json", "x".repeat(20_000));
        await().untilAsserted(() -> assertThat(wire.get("/actuator/prometheus").body())
                .contains("http_server_requests_seconds_bucket")
                .contains("uri=\"/probe/things/{id}\"")
                .contains("status=\"413\"")
                .doesNotContainPattern("active_seconds_gcount\\{[^}]*method=\"POST\"[^}]*} [1-9]"));
    }
}
