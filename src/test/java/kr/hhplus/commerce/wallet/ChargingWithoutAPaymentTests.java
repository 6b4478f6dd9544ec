package kr.hhplus.commerce.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Caller.Role;
import org.junit.jupiter.api.Test;

/** Who may charge a balance without a payment. */
class ChargingWithoutAPaymentTests {

    private static boolean mayCharge(Caller caller, boolean selfCharge) {
        WalletProperties properties = new WalletProperties(1, 1, 1, Duration.ofMinutes(1), selfCharge);
        return new WalletService(null, properties).mayCharge(caller);
    }

    @Test
    void isAUserOnlyWhereASettingSaysSo() {
        Caller user = Caller.user(7, Set.of(Role.USER));
        assertThat(mayCharge(user, false)).isFalse();
        assertThat(mayCharge(user, true)).isTrue();
    }

    @Test
    void isEveryServiceAndOperator() {
        assertThat(mayCharge(Caller.service("billing", Set.of(Role.SERVICE)), false))
                .isTrue();
        assertThat(mayCharge(Caller.user(7, Set.of(Role.USER, Role.ADMIN)), false))
                .isTrue();
    }

    @Test
    void isEverybodyWhereNobodyIsAuthenticated() {
        assertThat(mayCharge(Caller.UNRESTRICTED, false)).isTrue();
    }
}
