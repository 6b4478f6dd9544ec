package kr.hhplus.commerce.security.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class SessionSettingsTests {

    private static PageSessionProperties properties(Boolean secure) {
        return new PageSessionProperties(Duration.ofHours(2), Duration.ofHours(12), secure);
    }

    private static MockEnvironment at(String address) {
        return new MockEnvironment().withProperty("server.address", address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "", "shop.example"})
    void sendsCookiesOverTlsAloneWhereOthersCanListen(String address) {
        assertThat(properties(null).secureCookie(at(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void sendsCookiesAsTheRequestCameOnThisMachine(String address) {
        assertThat(properties(null).secureCookie(at(address))).isNull();
        assertThat(properties(null).secureCookie(at(address).withProperty("server.ssl.enabled", "true")))
                .isTrue();
    }

    @Test
    void doesWhatItIsTold() {
        assertThat(properties(false).secureCookie(at("0.0.0.0"))).isFalse();
        assertThat(properties(true).secureCookie(at("127.0.0.1"))).isTrue();
    }

    @Test
    void leavesTheShorterOfBothTimesAndNeverForEver() {
        assertThat(properties(null).left(Duration.ZERO)).hasHours(2);
        assertThat(properties(null).left(Duration.ofHours(11))).hasHours(1);
        assertThat(properties(null).left(Duration.ofHours(13))).isZero();
    }
}
