package kr.hhplus.commerce.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationGroupTests {

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/readiness", "/actuator/prometheus"})
    void watchingIsNotLimited(String path) {
        assertThat(OperationGroup.of("GET", path)).isEqualTo(OperationGroup.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/live", "/console/products/7/stock", "/admin/products"})
    void theConsoleCountsAsTheOperatorsCalls(String path) {
        assertThat(OperationGroup.of("GET", path)).isEqualTo(OperationGroup.ADMIN);
        assertThat(OperationGroup.of("POST", path)).isEqualTo(OperationGroup.ADMIN);
        assertThat(OperationGroup.of("GET", "/consoles")).isEqualTo(OperationGroup.READ);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/",
                "/actuator/info",
                "/actuator/healthy",
                "/actuator/prometheus/x",
                "/actuatorx",
                "/actuator-nonsense/1"
            })
    void whatOnlyLooksLikeItIs(String path) {
        assertThat(OperationGroup.of("GET", path)).isEqualTo(OperationGroup.READ);
    }
}
