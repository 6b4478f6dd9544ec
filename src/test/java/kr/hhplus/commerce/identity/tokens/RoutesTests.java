package kr.hhplus.commerce.identity.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kr.hhplus.commerce.identity.AccessRefusedException;
import kr.hhplus.commerce.identity.tokens.Routes.Need;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

/** The operators' pages stay the operators', wherever the settings of Spring Boot put them. */
class RoutesTests {

    private static final String BASE_PATH = "management.endpoints.web.base-path";

    private final MockEnvironment settings = new MockEnvironment();

    private static Need need(Routes routes, String path) {
        return routes.of(new MockHttpServletRequest("GET", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/manage", "/manage/"})
    void underAnotherPathWithOrWithoutASlash(String path) {
        Routes routes = Routes.ofServer(settings.withProperty(BASE_PATH, path));
        assertThat(need(routes, "/manage/prometheus")).isEqualTo(Need.ADMIN);
        assertThat(need(routes, "/manage")).isEqualTo(Need.ADMIN);
        assertThat(need(routes, "/manage/health/readiness")).isEqualTo(Need.NOTHING);
        assertThat(need(routes, "/balance")).isEqualTo(Need.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", ""})
    void notAmongTheShopsOwn(String path) {
        settings.setProperty(BASE_PATH, path);
        assertThatThrownBy(() -> Routes.ofServer(settings)).isInstanceOf(AccessRefusedException.class);
        settings.setProperty("management.server.port", "9090");
        assertThat(need(Routes.ofServer(settings), "/products")).isEqualTo(Need.NOTHING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "", "/actuator", "/actuator/"})
    void onAPortOfTheirOwn(String path) {
        Routes routes = Routes.ofManagement(settings.withProperty(BASE_PATH, path));
        String base = path.replaceFirst("/$", "");
        assertThat(need(routes, base + "/prometheus")).isEqualTo(Need.ADMIN);
        assertThat(need(routes, "/")).isEqualTo(Need.ADMIN);
        assertThat(need(routes, base + "/health")).isEqualTo(Need.NOTHING);
        assertThat(need(routes, base + "/health/liveness")).isEqualTo(Need.NOTHING);
    }

    @Test
    void whereNothingIsSet() {
        assertThat(need(Routes.ofServer(settings), "/actuator/prometheus")).isEqualTo(Need.ADMIN);
        assertThat(need(Routes.ofServer(settings), "/actuator/health")).isEqualTo(Need.NOTHING);
    }
}
