package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.LocalDateTime;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
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
            "commerce.accounts.lock-out.free-failures-per-client=8",
            "commerce.accounts.lock-out.initial-delay=10m",
            "commerce.accounts.lock-out.max-delay=1h"
        })
class GuessedPasswordsModuleTests {

    private static final String PASSWORD = "Purple-Kettle-42";

    @Autowired
    private SignIn signIn;

    @Autowired
    private SignUp signUp;

    @Autowired
    private JdbcTemplate sql;

    @Autowired
    private Clock clock;

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
        refused(ErrorCode.RATE_LIMITED, () -> signIn.check("ann.guessed", PASSWORD, "192.0.2.5"));
    }

    /** The failure is counted by another instance, a little ahead of this one; it is the first, and brings no pause. */
    @Test
    void shutsNobodyOutForADifferenceOfClocks() {
        signUp.signUp("ann.ahead", PASSWORD, null, "192.0.2.6");
        refused(ErrorCode.INVALID_CREDENTIALS, () -> signIn.check("ann.ahead", "Wrong-Kettle-42", "192.0.2.6"));
        LocalDateTime ahead = Utc.toColumn(clock.instant().plusSeconds(60));
        sql.update(
                "UPDATE sign_in_failure SET last_at = ?, closed_until = ? WHERE closed_until = last_at", ahead, ahead);
        assertThat(signIn.check("ann.ahead", PASSWORD, "192.0.2.6").name()).isEqualTo("ann.ahead");
    }
}
