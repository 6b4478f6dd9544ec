package kr.hhplus.commerce.security.sessions;

import static kr.hhplus.commerce.security.sessions.PagesWithAccounts.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kr.hhplus.commerce.auditlog.SignInAttempted;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.accounts.Accounts;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Many wrong passwords neither find the right one nor keep people out. */
@PagesWithAccounts
class SignInUnderAttackModuleTests {

    private static final String WRONG = "Wrong-Kettle-42";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ConfigurableApplicationContext context;

    @Autowired
    private JdbcTemplate sql;

    private final String name = "eve" + PEOPLE.incrementAndGet() + "@shop.kr";

    /** Six attempts for one name, each from another address. */
    private void guess(String victim) {
        for (int i = 1; i <= 6; i++) {
            CompletableFuture<Account> attempt = accounts.signIn(victim, WRONG, "203.0.113." + i, null);
            assertThatThrownBy(attempt::join).isInstanceOf(CompletionException.class);
        }
    }

    private static Reply signIn(Visit visit, String name, String password) {
        visit.get("/sign-in");
        return visit.post("/sign-in", "name", name, "password", password);
    }

    private Visit signedOut() {
        Visit visit = new Visit(port).signUp(name, PASSWORD);
        visit.post("/sign-out");
        return visit;
    }

    @Test
    void fiveAddressesWithWrongPasswordsKeepNobodyOut() {
        List<String> people = IntStream.range(0, 12)
                .mapToObj(i -> {
                    String person = i + name;
                    accounts.signUp(person, PASSWORD, null, "198.51.100." + i).join();
                    return person;
                })
                .toList();
        List<CompletableFuture<Account>> wrong = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            try {
                wrong.add(accounts.signIn(i + "nobody" + name, WRONG, "192.0.2." + i % 5, null));
            } catch (RefusedException refused) {
                // The queue is full.
            }
        }
        List<CompletableFuture<Account>> right = IntStream.range(0, 12)
                .mapToObj(i -> accounts.signIn(people.get(i), PASSWORD, "198.51.100." + i, null))
                .toList();
        assertThat(right.stream().map(CompletableFuture::join).map(Account::name))
                .containsExactlyElementsOf(people);
        assertThat(wrong).isNotEmpty();
        wrong.forEach(attempt -> assertThatThrownBy(attempt::join).isInstanceOf(CompletionException.class));
    }

    @Test
    void aDeviceThatHasSignedInBeforeSignsInWhileOthersGuess() {
        Visit known = signedOut();
        Visit other = new Visit(port).having("device", known.cookie("device").replaceFirst(".$", "_"));
        guess(name);
        assertThat(signIn(new Visit(port), name, PASSWORD).status()).isEqualTo(429);
        assertThat(signIn(other, name, PASSWORD).status())
                .as("with a forged cookie")
                .isEqualTo(429);
        assertThat(signIn(known, name, PASSWORD).status()).isEqualTo(303);
    }

    @Test
    void aCookieOfAnotherAccountIsOfNoUse() {
        Visit known = signedOut();
        String victim = "x" + name;
        new Visit(port).signUp(victim, PASSWORD);
        guess(victim);
        assertThat(signIn(known, victim, PASSWORD).status()).isEqualTo(429);
    }

    @Test
    void wrongPasswordsOnADeviceAreLimitedAndDoNotCountForOthers() {
        Visit known = signedOut();
        for (int i = 0; i < 6; i++) {
            assertThat(signIn(known, name, WRONG).status()).isEqualTo(401);
        }
        Reply limited = signIn(known, name, PASSWORD);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.headers()).containsKey("Retry-After");
        assertThat(signIn(new Visit(port), name, PASSWORD).status()).isEqualTo(303);
    }

    @Test
    void aNewPasswordEndsTheCookiesOfOtherDevices() {
        Visit lost = signedOut();
        Visit own = new Visit(port).signIn(name, PASSWORD);
        own.post("/account/password", "currentPassword", PASSWORD, "newPassword", "Green-Kettle-42");
        own.get("/account");
        own.post("/sign-out");
        guess(name);
        assertThat(signIn(lost, name, "Green-Kettle-42").status()).isEqualTo(429);
        assertThat(signIn(own, name, "Green-Kettle-42").status()).isEqualTo(303);
    }

    /** The password changes after it was compared: the browser has proved the former one. */
    @Test
    void aSignInWithTheFormerPasswordGetsNoCookieOfTheNewOne() {
        Visit lost = signedOut();
        Account account = accounts.signIn(name, PASSWORD, "198.51.100.1", null).join();
        String other = "other" + name;
        accounts.signUp(other, "Green-Kettle-42", null, "198.51.100.1").join();
        AtomicBoolean changed = new AtomicBoolean();
        ApplicationListener<ApplicationEvent> change = event -> {
            if (event instanceof PayloadApplicationEvent<?> published
                    && published.getPayload() instanceof SignInAttempted attempt
                    && attempt.name().equals("user " + name)
                    && changed.compareAndSet(false, true)) {
                sql.update("UPDATE account SET password = ? WHERE user_id = ?", passwordOf(other), account.userId());
            }
        };
        context.addApplicationListener(change);
        try {
            assertThat(signIn(lost, name, PASSWORD).status()).isEqualTo(303);
        } finally {
            context.removeApplicationListener(change);
        }
        assertThat(changed).isTrue();
        lost.get("/account");
        lost.post("/sign-out");
        guess(name);
        assertThat(signIn(lost, name, "Green-Kettle-42").status()).isEqualTo(429);
    }

    private String passwordOf(String other) {
        return sql.queryForObject(
                "SELECT password FROM account a JOIN user_number n ON n.user_id = a.user_id WHERE n.subject = ?",
                String.class,
                (Object) other.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rightPasswordsDoNotCount() {
        accounts.signUp(name, PASSWORD, null, "198.51.100.1").join();
        for (int i = 0; i < 8; i++) {
            assertThat(accounts.signIn(name, PASSWORD, "203.0.113.1", null)
                            .join()
                            .name())
                    .isEqualTo(name);
        }
    }
}
