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
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** What somebody who guesses finds out, and what he can do to others. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu",
            // Of: a long secret of billing
            "commerce.accounts.clients.billing.secret=$2b$10$abcdefghijklmnopqrstuuiLfqf.3tm.Dk3o5BpFWe8e/55GB.p5G",
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
        refused(ErrorCode.RATE_LIMITED, () -> signIn.password("ann.guessed", PASSWORD, "192.0.2.5"));
    }

    @Test
    void keepsNoBackEndOutButItself() {
        for (int i = 0; i < 9; i++) {
            refused(ErrorCode.INVALID_CREDENTIALS, () -> signIn.client("billing", "not it", "192.0.2.1"));
        }
        refused(ErrorCode.RATE_LIMITED, () -> signIn.client("billing", "not it", "192.0.2.1"));
        assertThat(signIn.client("billing", SECRET, "192.0.2.2").accessToken()).isNotBlank();
    }
}
