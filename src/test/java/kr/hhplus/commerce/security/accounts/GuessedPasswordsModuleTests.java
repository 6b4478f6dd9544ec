package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.text.Sha256;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
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
            "commerce.rate-limit.accounts.address=9/h burst 9",
            "commerce.rate-limit.accounts.sign-up=3/h burst 3"
        })
class GuessedPasswordsModuleTests {

    private static final String PASSWORD = "Purple-Kettle-42";
    private static final String SECRET = "a long secret of billing";

    @Autowired
    private SignIn signIn;

    @Autowired
    private SignUp signUp;

    @Autowired
    private Accounts accounts;

    @Autowired
    private JdbcAccounts jdbcAccounts;

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

    @Test
    void findsOutNoMoreNamesByAnAddressThanItMaySignUp() {
        accounts.signUp("ann.found", PASSWORD, null, "192.0.2.31").join();
        for (int i = 0; i < 3; i++) {
            assertThat(accounts.signUp("ann.found", PASSWORD, null, "192.0.2.32")
                            .join())
                    .isInstanceOf(CommandResult.Refused.class);
        }
        refused(ErrorCode.RATE_LIMITED, () -> accounts.signUp("ann.found", PASSWORD, null, "192.0.2.32"));
    }

    @Test
    void doesNotKeepOutThoseWhoMistypeANameByAnotherOne() {
        for (int i = 0; i < 6; i++) {
            CompletableFuture<Account> attempt = signIn.check("not a name", PASSWORD, "192.0.2.6", null);
            assertThatThrownBy(attempt::join).hasCauseInstanceOf(RefusedException.class);
        }
        refused(ErrorCode.RATE_LIMITED, () -> signIn.check("Not a name", PASSWORD, "192.0.2.7", null));
        CompletableFuture<Account> another = signIn.check("no name either", PASSWORD, "192.0.2.8", null);
        assertThatThrownBy(another::join).hasCauseInstanceOf(RefusedException.class);
    }

    @Test
    void countsTheSecretsOfClientsApartFromPasswords() {
        String hash = passwords.hash(SECRET);
        for (int i = 0; i < 9; i++) {
            assertThat(matches("an old secret", hash, "192.0.2.20")).isFalse();
        }
        signUp.signUp("ann.neighbour", PASSWORD, null, "192.0.2.21");
        assertThat(signIn.check("ann.neighbour", PASSWORD, "192.0.2.20", null).join())
                .isNotNull();
    }

    /** An old hash takes another time than the one of an account that does not exist, and so says that it is there. */
    @Test
    void bringsAHashOfALowerStrengthUpToDateAtTheSignIn() {
        signUp.signUp("ann.before", PASSWORD, null, "192.0.2.22");
        String former = "{sha256-bcrypt}"
                + new BCryptPasswordEncoder(4)
                        .encode(Base64.getEncoder().encodeToString(Sha256.of(LoginRules.normalized(PASSWORD))));
        Account account = jdbcAccounts.find("ann.before").orElseThrow();
        jdbcAccounts.changePassword(account.userId(), former);
        Account signedIn =
                signIn.check("ann.before", PASSWORD, "192.0.2.22", null).join();
        String stored = jdbcAccounts.find("ann.before").orElseThrow().passwordHash();
        assertThat(stored).startsWith("{sha256-bcrypt}$2a$10$").isEqualTo(signedIn.passwordHash());
        assertThat(signIn.check("ann.before", PASSWORD, "192.0.2.22", null).join())
                .isEqualTo(signedIn);
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
