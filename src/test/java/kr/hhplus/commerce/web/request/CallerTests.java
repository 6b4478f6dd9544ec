package kr.hhplus.commerce.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Caller.Role;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class CallerTests {

    @Test
    void mayDoNothingWhereNobodyWasPutOnTheRequest() {
        Caller caller = RequestCaller.of(new MockHttpServletRequest());
        assertThat(caller).isSameAs(Caller.ANONYMOUS);
        assertThat(caller.authenticated()).isFalse();
        assertThat(caller.userId()).isZero();
        assertThat(caller.roles()).isEmpty();
    }

    @Test
    void isTheOneWhoWasPutOnTheRequest() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        Caller user = Caller.user(7, Set.of(Role.USER));
        RequestCaller.set(request, user);
        assertThat(RequestCaller.of(request)).isSameAs(user);
        assertThat(user.name()).isEqualTo("user 7");
        assertThat(user.authenticated()).isTrue();
    }

    @Test
    void actsForOthersAsAdministratorOrServiceAlone() {
        assertThat(Caller.user(7, Set.of(Role.USER)).actsForOthers()).isFalse();
        assertThat(Caller.user(7, Set.of()).actsForOthers()).isFalse();
        assertThat(Caller.user(7, Set.of(Role.USER, Role.ADMIN)).actsForOthers())
                .isTrue();
        assertThat(Caller.service("billing", Set.of(Role.SERVICE)).actsForOthers())
                .isTrue();
        assertThat(Caller.service("billing", Set.of(Role.SERVICE)).name()).isEqualTo("service billing");
        assertThat(Caller.UNRESTRICTED.actsForOthers()).isTrue();
    }
}
