package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import kr.hhplus.commerce.kernel.Caller.Role;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.AccessRefusedException;
import kr.hhplus.commerce.security.accounts.AccountProperties.Client;
import kr.hhplus.commerce.security.accounts.AccountProperties.Hashing;
import kr.hhplus.commerce.security.accounts.AccountProperties.SignUpPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** What the settings of accounts mean, and which of them are refused at the start. */
class AccountSettingsTests {

    private static final String BCRYPT = "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";

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
        assertThat(new Client(BCRYPT, Set.of(Role.ADMIN), null).ownRoles())
                .containsExactlyInAnyOrder(Role.SERVICE, Role.ADMIN);
        assertThat(new Client(BCRYPT, null, null).ownRoles()).containsExactly(Role.SERVICE);
    }

    @Test
    void letsAClientActForItselfIfItHasNoUsersOrRolesOfItsOwn() {
        List<String> back = List.of("https://client.example/back");
        assertThat(new Client(BCRYPT, null, null).actsForItself()).isTrue();
        assertThat(new Client(BCRYPT, Set.of(Role.SERVICE), back).actsForItself())
                .isTrue();
        assertThat(new Client(BCRYPT, null, back).actsForItself()).isFalse();
        assertThat(new Client(null, Set.of(Role.ADMIN), back).actsForItself())
                .as("without a secret")
                .isFalse();
    }

    private static Passwords passwords(int concurrency, int queueCapacity) {
        return new Passwords(new AccountProperties(
                true,
                Duration.ofMinutes(15),
                Duration.ofDays(30),
                Duration.ofDays(30),
                new Hashing(10, concurrency, queueCapacity),
                SignUpPolicy.OPEN,
                null,
                null,
                Map.of()));
    }

    /** Occupies the one hashing thread until the future is completed. */
    private static CompletableFuture<Boolean> occupied(Passwords passwords) throws InterruptedException {
        CompletableFuture<Boolean> slow = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        passwords.submit("198.51.100.1", () -> {
            started.countDown();
            return slow.join();
        });
        started.await();
        return slow;
    }

    private static CompletableFuture<Boolean> check(Passwords passwords, String address, List<String> order) {
        return passwords.submit(address, () -> order.add(address));
    }

    @Test
    void comparesAFewPasswordsAtOnceAndRefusesTheMostEagerClientWhenTheQueueIsFull() throws InterruptedException {
        Passwords passwords = passwords(1, 3);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        try {
            CompletableFuture<Boolean> slow = occupied(passwords);
            List<CompletableFuture<Boolean>> eager = IntStream.range(0, 3)
                    .mapToObj(i -> check(passwords, "192.0.2.1", order))
                    .toList();
            assertThatThrownBy(() -> check(passwords, "192.0.2.1", order))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.OVERLOADED));
            CompletableFuture<Boolean> other = check(passwords, "192.0.2.2", order);
            assertThat(eager.get(2)).as("gave its place up").isCompletedExceptionally();
            slow.complete(true);
            assertThat(other.join()).isTrue();
            eager.subList(0, 2).forEach(CompletableFuture::join);
            assertThat(order).containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.1");
        } finally {
            passwords.destroy();
        }
    }

    @Test
    void usersOfKnownDevicesTakeEveryOtherTurn() throws InterruptedException {
        Passwords passwords = passwords(1, 9);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Account owner = new Account(1, "owner", "hash", true, null, 0);
        try {
            CompletableFuture<Boolean> slow = occupied(passwords);
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                all.add(check(passwords, "192.0.2." + i, order));
            }
            for (int i = 0; i < 2; i++) {
                all.add(passwords.submitForKnownUser(owner, "192.0.2.9", () -> order.add("owner")));
            }
            slow.complete(true);
            all.forEach(CompletableFuture::join);
            assertThat(order).containsExactly("owner", "192.0.2.1", "owner", "192.0.2.2", "192.0.2.3");
        } finally {
            passwords.destroy();
        }
    }

    @Test
    void usersOfKnownDevicesAtOneAddressDoNotTakeTheTurnsOfAnother() throws InterruptedException {
        Passwords passwords = passwords(1, 32);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Account owner = new Account(1, "owner", "hash", true, null, 0);
        try {
            CompletableFuture<Boolean> slow = occupied(passwords);
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = "bot" + i;
                Account bot = new Account(2 + i, name, "hash", false, null, 0);
                all.add(passwords.submitForKnownUser(bot, "192.0.2.1", () -> order.add(name)));
            }
            all.add(passwords.submitForKnownUser(owner, "192.0.2.9", () -> order.add("owner")));
            slow.complete(true);
            all.forEach(CompletableFuture::join);
            assertThat(order.indexOf("owner")).isLessThan(6);
        } finally {
            passwords.destroy();
        }
    }

    @Test
    void looksAtEveryCharacterOfALongPasswordAndAtNoKeyboard() {
        Passwords passwords = passwords(1, 1);
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
