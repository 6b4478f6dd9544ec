package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationGroupTests {

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/readiness", "/actuator/prometheus"})
    void watchingIsNotLimited(String path) {
        assertThat(RateLimitGroup.of("GET", path)).isEqualTo(RateLimitGroup.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/live", "/console/products/7/stock", "/admin/products"})
    void theConsoleCountsAsTheOperatorsCalls(String path) {
        assertThat(RateLimitGroup.of("GET", path)).isEqualTo(RateLimitGroup.ADMIN);
        assertThat(RateLimitGroup.of("POST", path)).isEqualTo(RateLimitGroup.ADMIN);
        assertThat(RateLimitGroup.of("GET", "/consoles")).isEqualTo(RateLimitGroup.READ);
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
        assertThat(RateLimitGroup.of("GET", path)).isEqualTo(RateLimitGroup.READ);
    }
}
