package kr.hhplus.commerce.security.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import kr.hhplus.commerce.auditlog.AccountEvent;
import kr.hhplus.commerce.auditlog.AccountEvent.Kind;
import kr.hhplus.commerce.auditlog.SignInAttempted;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.ratelimit.AccountLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Checks passwords. An unknown name and a wrong password take the same time and get the same refusal. */
@Service
@ConditionalOnAccounts
class SignIn {

    private final JdbcAccounts accounts;
    private final AccountLimits limits;
    private final DeviceCookies devices;
    private final Passwords passwords;
    private final ApplicationEventPublisher events;

    SignIn(
            JdbcAccounts accounts,
            AccountLimits limits,
            DeviceCookies devices,
            Passwords passwords,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.limits = limits;
        this.devices = devices;
        this.passwords = passwords;
        this.events = events;
    }

    /**
     * Checks a password on a hashing thread. An attempt beyond the limits does not get there, so it takes no time of
     * others. On a device on which the user has signed in before, the attempts of others do not count.
     *
     * @param deviceCookie null for none
     * @return fails with INVALID_CREDENTIALS or OVERLOADED
     * @throws RefusedException RATE_LIMITED, OVERLOADED
     */
    CompletableFuture<Account> check(String given, String password, String address, @Nullable String deviceCookie) {
        Optional<String> valid = LoginRules.name(given);
        String name = valid.orElse("");
        Account known = deviceCookie == null ? null : accounts.find(name).orElse(null);
        String device = known == null ? null : devices.device(deviceCookie, known);
        if (device != null) {
            return counted(
                    limits.signInOf(device),
                    () -> passwords.submitForKnownUser(known, address, () -> signIn(name, password, address)));
        }
        return counted(
                limits.signIn(valid.orElseGet(() -> given.toLowerCase(Locale.ROOT)), address),
                () -> passwords.submit(address, () -> signIn(name, password, address)));
    }

    private Account signIn(String name, String password, String address) {
        Account account = verify(name, password, address);
        publishAttempt(name, address, true);
        return account;
    }

    /** Runs work that begins with {@link #verify} for a user who is signed in, whose attempts count apart. */
    <T> CompletableFuture<T> checkAgain(Account account, String address, Supplier<T> work) {
        return counted(
                limits.signInOf("user " + account.userId()),
                () -> passwords.submitForKnownUser(account, address, work));
    }

    /** Gives the tokens of the attempt back unless the password was wrong. */
    private static <T> CompletableFuture<T> counted(
            AccountLimits.Attempt attempt, Supplier<CompletableFuture<T>> check) {
        try {
            return check.get().whenComplete((result, failure) -> {
                if (!isWrongPassword(failure)) {
                    attempt.giveBack();
                }
            });
        } catch (RefusedException overloaded) {
            attempt.giveBack();
            throw overloaded;
        }
    }

    private static boolean isWrongPassword(@Nullable Throwable failure) {
        return failure instanceof RefusedException refused && refused.refusal().code() == ErrorCode.INVALID_CREDENTIALS;
    }

    /**
     * Checks a password, and publishes a wrong one. Must run on a thread of {@link Passwords}.
     *
     * @throws RefusedException INVALID_CREDENTIALS
     */
    Account verify(String name, String password, String address) {
        Optional<Account> account = accounts.find(name);
        boolean right =
                passwords.matches(password, account.map(Account::passwordHash).orElse(null));
        if (!right) {
            publishAttempt(name, address, false);
            throw invalidCredentials();
        }
        return withCurrentHash(account.orElseThrow(), password);
    }

    /** After a change of {@code commerce.accounts.hashing.strength}, unless the password has changed meanwhile. */
    private Account withCurrentHash(Account account, String password) {
        if (!passwords.isOutdated(account.passwordHash())) {
            return account;
        }
        String hash = passwords.hash(password);
        return accounts.replaceHash(account.userId(), account.passwordHash(), hash) ? account.withHash(hash) : account;
    }

    /**
     * Compares a password that repeats a sign-up. A wrong one counts as one of a sign-in.
     *
     * @throws RefusedException RATE_LIMITED
     */
    boolean isRight(Account account, String password, String address) {
        AccountLimits.Attempt attempt = limits.signIn(account.name(), address);
        boolean right = passwords.matches(password, account.passwordHash());
        if (right) {
            attempt.giveBack();
        } else {
            publishAttempt(account.name(), address, false);
        }
        return right;
    }

    private void publishAttempt(String name, String address, boolean succeeded) {
        events.publishEvent(new SignInAttempted(SignInAttempted.Kind.USER, "user " + name, address, succeeded));
    }

    void publish(Kind kind, String name, long userId, String address) {
        events.publishEvent(new AccountEvent(kind, "user " + name, userId, address));
    }

    static RefusedException invalidCredentials() {
        return new RefusedException(Refusal.of(ErrorCode.INVALID_CREDENTIALS));
    }
}
