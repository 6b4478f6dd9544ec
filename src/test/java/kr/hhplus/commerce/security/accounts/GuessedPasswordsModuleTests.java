package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What somebody who guesses finds out, and what he can do to others. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu",
            "commerce.rate-limit.accounts.name=6/h burst 6",
            "commerce.rate-limit.accounts.address=9/h burst 9"
        })
class GuessedPasswordsModuleTests {

    private static final String PASSWORD = "Purple-Kettle-42";
    private static final String SECRET = "a long secret of billing";

    @Autowired
    private SignIn signIn;

    @Autowired
    private SignUp signUp;

    @Autowired
    private ClientSecretEncoder clientSecrets;

    @MockitoSpyBean
    private Passwords passwords;

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(code));
    }

    @Test
    void makesNobodyHashForANameThatIsTaken() {
        signUp.signUp("ann.taken", PASSWORD, null, "192.0.2.3");
        Mockito.clearInvocations(passwords);
        signUp.signUp("ann.taken", PASSWORD, null, "192.0.2.3");
        Mockito.verify(passwords, Mockito.never()).hash(Mockito.anyString());
    }

    @Test
    void findsOutNoMoreBySigningUpAgainThanBySigningIn() {
        signUp.signUp("ann.guessed", PASSWORD, "her key", "192.0.2.4");
        for (int i = 0; i < 6; i++) {
            assertThat(signUp.signUp("ann.guessed", "Wrong-Kettle-42", "her key", "192.0.2.5"))
                    .isInstanceOf(CommandResult.Refused.class);
        }
        refused(ErrorCode.RATE_LIMITED, () -> signUp.signUp("ann.guessed", PASSWORD, "her key", "192.0.2.5"));
        refused(ErrorCode.RATE_LIMITED, () -> signIn.check("ann.guessed", PASSWORD, "192.0.2.5", null));
    }

    private boolean matches(String secret, String hash, String address) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        try {
            return clientSecrets.matches(secret, hash);
        } finally {
            RequestContextHolder.resetRequestAttributes();
        }
    }

    @Test
    void keepsNoBackEndOutButItsNeighbours() {
        String hash = passwords.hash(SECRET);
        for (int i = 0; i < 9; i++) {
            assertThat(matches("not it", hash, "192.0.2.1")).isFalse();
        }
        refused(ErrorCode.RATE_LIMITED, () -> matches("not it", hash, "192.0.2.1"));
        refused(ErrorCode.RATE_LIMITED, () -> matches(SECRET, hash, "192.0.2.1"));
        assertThat(matches(SECRET, hash, "192.0.2.2")).isTrue();
        assertThat(matches(SECRET, hash, "192.0.2.1")).as("it was right before").isTrue();
        assertThat(matches(SECRET, passwords.hash("another"), "192.0.2.3")).isFalse();
    }
}
