package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import org.junit.jupiter.api.Test;

class LimitingSignInsTests {

    private final AccountLimits limits = new AccountLimits(
            new RateLimiter("accounts", 1_000, Optional.empty(), new SimpleMeterRegistry()),
            new RateLimitProperties.Accounts(
                    Rate.valueOf("10/h burst 10"), Rate.valueOf("5/m burst 100"), Rate.valueOf("20/h burst 20")),
            new ExemptAddresses(List.of("10.0.0.0/8")));

    private static long allowed(int attempts, IntFunction<AccountLimits.Attempt> attempt) {
        return IntStream.range(0, attempts)
                .filter(i -> {
                    try {
                        return attempt.apply(i) != null;
                    } catch (RefusedException refused) {
                        assertThat(refused.refusal().code()).isEqualTo(ErrorCode.RATE_LIMITED);
                        assertThat(refused.refusal().retryAfterSeconds()).isPositive();
                        return false;
                    }
                })
                .count();
    }

    @Test
    void boundTheGuessesOfOneNameOverAllAddresses() {
        assertThat(allowed(1_000, i -> limits.signIn("ann", "192.0." + i / 250 + "." + i % 250)))
                .isEqualTo(10);
        assertThat(allowed(20, i -> limits.signIn("bob", "192.0.2.1"))).isEqualTo(10);
    }

    @Test
    void boundTheGuessesOfOneAddressOverAllNames() {
        assertThat(allowed(1_000, i -> limits.signIn("user " + i, "192.0.2.1"))).isEqualTo(100);
        assertThat(allowed(1, i -> limits.signIn("user 999", "192.0.2.2"))).isOne();
        assertThat(allowed(200, i -> limits.signIn("user " + i, "10.0.0.1")))
                .as("an address that is exempt")
                .isEqualTo(200);
    }

    @Test
    void countAnIpv6HostAndItsWiderNetwork() {
        assertThat(allowed(50, i -> limits.signUp("2001:db8:1:1::" + i))).isEqualTo(20);
        assertThat(allowed(500, i -> limits.signUp("2001:db8:1:" + Integer.toHexString(i + 2) + "::1")))
                .as("four times as many, of which 20 are gone")
                .isEqualTo(60);
        assertThat(allowed(1, i -> limits.signUp("2001:db8:2::1"))).isOne();
    }

    @Test
    void countTheAttemptsThatANameRefusesForTheirAddress() {
        assertThat(allowed(500, i -> limits.signIn("ann", "192.0.2.1"))).isEqualTo(10);
        assertThat(allowed(500, i -> limits.signIn("user " + i, "192.0.2.1"))).isZero();
        assertThat(allowed(1, i -> limits.signIn("bob", "192.0.2.2"))).isOne();
    }

    @Test
    void countSecretsOfClientsApartFromPasswords() {
        assertThat(allowed(500, i -> limits.client("192.0.2.1"))).isEqualTo(100);
        assertThat(allowed(1, i -> limits.signIn("ann", "192.0.2.1"))).isOne();
    }

    @Test
    void countNoRightPassword() {
        IntStream.range(0, 500).forEach(i -> limits.signIn("ann", "192.0.2.1").giveBack());
        limits.signIn("ann", "192.0.2.1");
        AccountLimits.Attempt twice = limits.signIn("ann", "192.0.2.1");
        twice.giveBack();
        twice.giveBack();
        assertThat(allowed(20, i -> limits.signIn("ann", "192.0.2.1"))).isEqualTo(9);
    }

    @Test
    void countADeviceByItself() {
        assertThat(allowed(20, i -> limits.signInOf("a device"))).isEqualTo(10);
        assertThat(allowed(1, i -> limits.signInOf("another"))).isOne();
        assertThat(allowed(20, i -> limits.signIn("ann", "192.0.2.1"))).isEqualTo(10);
    }
}
