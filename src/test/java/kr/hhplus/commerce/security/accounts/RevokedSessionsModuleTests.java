package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.LockWaits;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.support.TransactionTemplate;

/** What ends all credentials of a user ends those, too, that are being created at that moment. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.sign-up=closed",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu"
        })
class RevokedSessionsModuleTests {

    private static final String PASSWORD = "Purple-Kettle-42";
    private static final String HERE = "127.0.0.1";
    private static int people;

    @Autowired
    private SignUp signUp;

    @Autowired
    private JdbcAccounts accounts;

    @Autowired
    private PersonalTokens tokens;

    @Autowired
    private Passwords passwords;

    @Autowired
    private JdbcTemplate sql;

    @Autowired
    private TransactionTemplate transaction;

    private Account account;

    @BeforeEach
    void somebodyNew() {
        account = accounts.create("ann" + ++people, passwords.hash(PASSWORD), false, null)
                .orElseThrow();
    }

    /** Commits the first when the second waits for it, or has not waited; what the second returns. */
    private <T> T meanwhile(Runnable first, Supplier<T> second) {
        return transaction
                .execute(status -> {
                    first.run();
                    CompletableFuture<T> other = CompletableFuture.supplyAsync(second);
                    await().atMost(Duration.ofMinutes(1))
                            .pollInSameThread()
                            .until(() -> other.isDone() || LockWaits.areThere(sql));
                    return other;
                })
                .join();
    }

    /** The session that asks for the token has passed its own check before. */
    @Test
    void aTokenThatIsBeingCreated() {
        assertThatThrownBy(() -> meanwhile(
                        () -> signUp.changePassword(account, "Green-Kettle-42", HERE),
                        () -> tokens.create(account.userId(), account.generation(), "stolen", 365)))
                .hasRootCauseInstanceOf(RefusedException.class);
        assertThat(tokens.all(account.userId())).isEmpty();
    }

    @Test
    void oneOfTwoChangesWithTheSameOldPassword() {
        signUp.changePassword(account, "Green-Kettle-42", HERE);
        assertThatThrownBy(() -> signUp.changePassword(account, "Brown-Kettle-42", HERE))
                .isInstanceOf(RefusedException.class);
    }
}
