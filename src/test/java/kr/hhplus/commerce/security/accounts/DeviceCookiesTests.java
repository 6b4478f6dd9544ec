package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class DeviceCookiesTests {

    private static final String KEY = "Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu";
    private static final String NEXT_KEY = "New-3vQ8sLw0zXr5tYh2nB7kGd4fPc9a";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Account ANN = new Account(7, "ann@shop.kr", "{sha256-bcrypt}hash", false, null, 0);

    private static DeviceCookies cookies(String keys, Instant now) {
        return new DeviceCookies(
                new MockEnvironment().withProperty("commerce.accounts.signing-key", keys),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void recognisesADeviceOfAnAccount() {
        DeviceCookies cookies = cookies(KEY, NOW);
        String cookie = cookies.issue(ANN);
        assertThat(cookies.device(cookie, ANN)).isNotEmpty();
        assertThat(cookies.device(cookies.issue(ANN), ANN))
                .as("another device")
                .isNotEqualTo(cookies.device(cookie, ANN));
        Account bob = new Account(8, "bob@shop.kr", ANN.passwordHash(), false, null, 0);
        assertThat(cookies.device(cookie, bob)).as("of another account").isNull();
    }

    @Test
    void endsWithThePasswordButNotWithTheSessions() {
        DeviceCookies cookies = cookies(KEY, NOW);
        String cookie = cookies.issue(ANN);
        Account signedOutEverywhere = new Account(7, ANN.name(), ANN.passwordHash(), false, null, 1);
        assertThat(cookies.device(cookie, signedOutEverywhere)).isNotNull();
        assertThat(cookies.device(cookie, ANN.withPassword("{sha256-bcrypt}other")))
                .isNull();
    }

    @Test
    void endsAfterAYear() {
        String cookie = cookies(KEY, NOW).issue(ANN);
        assertThat(cookies(KEY, NOW.plus(Duration.ofDays(364))).device(cookie, ANN))
                .isNotNull();
        assertThat(cookies(KEY, NOW.plus(Duration.ofDays(366))).device(cookie, ANN))
                .isNull();
        String later = cookie.replace("." + cookie.split("\\.")[1] + ".", ".99999999999.");
        assertThat(cookies(KEY, NOW).device(later, ANN))
                .as("a later end is not signed")
                .isNull();
    }

    @Test
    void survivesARotationOfTheKeys() {
        String cookie = cookies(KEY, NOW).issue(ANN);
        assertThat(cookies(NEXT_KEY + "," + KEY, NOW).device(cookie, ANN)).isNotNull();
        assertThat(cookies(NEXT_KEY, NOW).device(cookie, ANN)).isNull();
    }

    @Test
    void takesNothingElseForACookie() {
        DeviceCookies cookies = cookies(KEY, NOW);
        for (String other : new String[] {"", "a.b.c", "..", cookies.issue(ANN) + "x", "%00"}) {
            assertThat(cookies.device(other, ANN)).as(other).isNull();
        }
    }
}
