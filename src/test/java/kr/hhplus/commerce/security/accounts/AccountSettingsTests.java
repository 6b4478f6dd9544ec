package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import kr.hhplus.commerce.kernel.Caller.Role;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.AccessRefusedException;
import kr.hhplus.commerce.security.accounts.AccountProperties.Client;
import kr.hhplus.commerce.security.accounts.AccountProperties.Hashing;
import kr.hhplus.commerce.security.accounts.AccountProperties.LockOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** What the settings of accounts mean, and which of them are refused at the start. */
class AccountSettingsTests {

    private static final String BCRYPT = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
    private static final LockOut LOCK_OUT =
            new LockOut(5, 100, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(1));

    @ParameterizedTest
    @CsvSource({"0,0", "5,0", "6,1000", "7,2000", "8,4000", "14,256000", "15,300000", "16,300000", "2147483647,300000"})
    void pausesLongerWithEachFailure(int failures, long millis) {
        assertThat(LOCK_OUT.pause(failures, 5)).isEqualTo(Duration.ofMillis(millis));
    }

    private static MockEnvironment properties() {
        return new MockEnvironment().withProperty("commerce.accounts.enabled", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "changeme123", "Password123!", "administrator", "letmein2024", "1234567890", ""})
    void refusesAFirstPasswordThatEverybodyKnows(String password) {
        MockEnvironment properties = properties()
                .withProperty("commerce.accounts.first-admin.name", "owner")
                .withProperty("commerce.accounts.first-admin.password", password);
        assertThatThrownBy(() -> AccountsCheck.check(properties))
                .isInstanceOf(AccessRefusedException.class)
                .hasMessageContaining("first-admin.password is too easy to guess")
                .hasMessageNotContaining(password.isEmpty() ? "\0" : "is " + password);
        AccountsCheck.check(properties.withProperty("commerce.accounts.first-admin.password", "Blue-Teapot-77"));
    }

    @Test
    void takesEmptyVariablesForNoAdministrator() {
        AccountsCheck.check(properties()
                .withProperty("commerce.accounts.first-admin.name", "")
                .withProperty("commerce.accounts.first-admin.password", ""));
        assertThatThrownBy(() -> AccountsCheck.check(properties()
                        .withProperty("commerce.accounts.first-admin.name", "")
                        .withProperty("commerce.accounts.first-admin.password", "Blue-Teapot-77")))
                .hasMessageContaining("first-admin.name is not a valid login name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the secret itself",
                "",
                "$2a$04$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
                "$2a$10$tooShort"
            })
    void refusesASecretThatIsNoHash(String secret) {
        MockEnvironment properties = properties().withProperty("commerce.accounts.clients.billing.secret", secret);
        assertThatThrownBy(() -> AccountsCheck.check(properties))
                .hasMessageContaining("commerce.accounts.clients.billing.secret is not a bcrypt hash");
        AccountsCheck.check(properties.withProperty("commerce.accounts.clients.billing.secret", BCRYPT));
    }

    @Test
    void makesNoUserOfAnotherBackEnd() {
        assertThat(new Client(BCRYPT, Set.of(Role.ADMIN), null).roles())
                .containsExactlyInAnyOrder(Role.SERVICE, Role.ADMIN);
        assertThat(new Client(BCRYPT, null, null).roles()).containsExactly(Role.SERVICE);
    }

    @Test
    void comparesAFewPasswordsAtOnceAndRefusesWhoeverFindsTheQueueFull() {
        AccountProperties properties = new AccountProperties(
                true,
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                Duration.ofDays(30),
                new Hashing(10, 2, 3, 5),
                LOCK_OUT,
                null,
                Map.of());
        Passwords passwords = new Passwords(properties);
        CountDownLatch slow = new CountDownLatch(1);
        try {
            List<CompletableFuture<Boolean>> taken = java.util.stream.IntStream.range(0, 5)
                    .mapToObj(i -> passwords.submit("192.0.2.1", () -> {
                        try {
                            slow.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return true;
                    }))
                    .toList();
            assertThatThrownBy(() -> passwords.submit("192.0.2.2", () -> true))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.OVERLOADED));
            slow.countDown();
            assertThat(taken).allMatch(CompletableFuture::join);
        } finally {
            passwords.destroy();
        }
    }

    @Test
    void letsOneAddressOrNetworkTakeAFewTurnsAtOnceOnly() {
        AccountProperties properties = new AccountProperties(
                true,
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                Duration.ofDays(30),
                new Hashing(10, 1, 9, 2),
                LOCK_OUT,
                null,
                Map.of());
        Passwords passwords = new Passwords(properties);
        CompletableFuture<Boolean> slow = new CompletableFuture<>();
        try {
            CompletableFuture<Boolean> first = passwords.submit("2001:db8::1", slow::join);
            CompletableFuture<Boolean> second = passwords.submit("2001:db8::2", slow::join);
            assertThatThrownBy(() -> passwords.submit("2001:db8::3", () -> true))
                    .isInstanceOf(RefusedException.class);
            CompletableFuture<Boolean> elsewhere = passwords.submit("192.0.2.1", () -> true);
            slow.complete(true);
            assertThat(List.of(first, second, elsewhere)).allMatch(CompletableFuture::join);
            assertThat(passwords.submit("2001:db8::3", () -> true).join()).isTrue();
        } finally {
            passwords.destroy();
        }
    }

    @Test
    void looksAtEveryCharacterOfALongPasswordAndAtNoKeyboard() {
        AccountProperties properties = new AccountProperties(
                true,
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                Duration.ofDays(30),
                new Hashing(10, 1, 1, 1),
                LOCK_OUT,
                null,
                Map.of());
        Passwords passwords = new Passwords(properties);
        String hash = passwords.hash("x".repeat(100) + "a");
        assertThat(passwords.matches("x".repeat(100) + "a", hash)).isTrue();
        assertThat(passwords.matches("x".repeat(100) + "b", hash)).isFalse();
        assertThat(passwords.matches("비밀번호는열글자", passwords.hash("비밀번호는열글자")))
                .as("composed and decomposed letters are the same")
                .isTrue();
        assertThat(passwords.matches("a password that nobody has", null)).isFalse();
        passwords.destroy();
    }
}
