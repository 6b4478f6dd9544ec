package kr.hhplus.commerce.security.accounts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.auditlog.AccountEvent;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.ratelimit.AccountLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Sign-up, sign-in and password changes, for the API and the pages. Passwords are checked on the bounded hashing
 * threads, and wrong ones count towards the limits of name and address. Futures fail with a {@link RefusedException}.
 */
@Service
@ConditionalOnAccounts
public class Accounts {

    private final SignUp signUp;
    private final SignIn signIn;
    private final JdbcAccounts accounts;
    private final Passwords passwords;
    private final AccountLimits limits;
    private final DeviceCookies devices;
    private final AccountProperties properties;

    Accounts(
            SignUp signUp,
            SignIn signIn,
            JdbcAccounts accounts,
            Passwords passwords,
            AccountLimits limits,
            DeviceCookies devices,
            AccountProperties properties) {
        this.signUp = signUp;
        this.signIn = signIn;
        this.accounts = accounts;
        this.passwords = passwords;
        this.limits = limits;
        this.devices = devices;
        this.properties = properties;
    }

    /**
     * Checks a password. Refusals: INVALID_REQUEST if it is too long, INVALID_CREDENTIALS, RATE_LIMITED, OVERLOADED.
     *
     * @param deviceCookie of a former sign-in on this device, as the client sent it; null for none
     */
    public CompletableFuture<Account> signIn(
            String name, String password, String address, @Nullable String deviceCookie) {
        SignUp.checkLength(password, "/password");
        return signIn.check(name, password, address, deviceCookie);
    }

    /** Returns a cookie that recognises this device at the next sign-in, for {@link #deviceCookieLife}. */
    public String deviceCookie(Account account) {
        return devices.issue(account);
    }

    public Duration deviceCookieLife() {
        return DeviceCookies.LIFE;
    }

    /**
     * Creates an account, which counts towards the limit of the address. Refusals: SIGN_UP_CLOSED, INVALID_REQUEST,
     * NAME_TAKEN, IDEMPOTENCY_KEY_REUSED, RATE_LIMITED, OVERLOADED.
     *
     * @param key the Idempotency-Key, or null
     */
    public CompletableFuture<CommandResult<Account>> signUp(String name, String password, String key, String address) {
        if (!signUpIsOpen()) {
            throw new RefusedException(Refusal.of(ErrorCode.SIGN_UP_CLOSED));
        }
        SignUp.check(name, password, "/password");
        AccountLimits.Attempt attempt = limits.signUp(address);
        try {
            return passwords
                    .submit(address, () -> signUp.signUp(name, password, key, address))
                    .whenComplete((result, failure) -> {
                        if (!countsAsSignUp(result)) {
                            attempt.giveBack();
                        }
                    });
        } catch (RefusedException overloaded) {
            attempt.giveBack();
            throw overloaded;
        }
    }

    /** A name that is taken counts too: otherwise an address could try out any number of names. */
    private static boolean countsAsSignUp(@Nullable CommandResult<Account> result) {
        return result instanceof CommandResult.Done<Account> done && !done.replayed()
                || result instanceof CommandResult.Refused<Account> refused
                        && refused.refusal().code() == ErrorCode.NAME_TAKEN;
    }

    /**
     * Changes the password and ends all credentials of the user.
     *
     * @return the account with its new password
     */
    public CompletableFuture<Account> changePassword(Caller caller, String current, String next, String address) {
        Account account = of(caller);
        SignUp.checkLength(current, "/currentPassword");
        SignUp.check(account.name(), next, "/newPassword");
        return signIn.checkAgain(
                account,
                address,
                () -> signUp.changePassword(signIn.verify(account.name(), current, address), next, address));
    }

    public Optional<Account> find(long userId) {
        return accounts.find(userId);
    }

    /**
     * Returns the account of the caller.
     *
     * @throws RefusedException FORBIDDEN if it has none: a service, or a user of another issuer
     */
    public Account of(Caller caller) {
        return accounts.find(caller.userId()).orElseThrow(() -> new RefusedException(Refusal.of(ErrorCode.FORBIDDEN)));
    }

    /** Ends all credentials of the user: sessions, tokens and what other applications were granted. */
    public void signOutEverywhere(Account account, String address) {
        accounts.revokeCredentials(account.userId());
        signIn.publish(AccountEvent.Kind.SIGNED_OUT_EVERYWHERE, account.name(), account.userId(), address);
    }

    /** Publishes that a session outside this package, as one of the pages, was ended by its user. */
    public void signedOut(Account account, String address) {
        signIn.publish(AccountEvent.Kind.SIGNED_OUT, account.name(), account.userId(), address);
    }

    /** Returns the generations of the accounts whose credentials were revoked since an instant, by user number. */
    public Map<Long, Integer> revokedSince(Instant since) {
        return accounts.revokedSince(since);
    }

    public Duration accessTokenLife() {
        return properties.accessTokenLife();
    }

    /** Whether users may create accounts. */
    public boolean signUpIsOpen() {
        return properties.signUp() == AccountProperties.SignUpPolicy.OPEN;
    }

    public Duration refreshTokenLife() {
        return properties.refreshTokenLife();
    }

    /** Returns the issuer in the shop's tokens; empty for the address of the request. */
    public Optional<String> issuer() {
        return Optional.ofNullable(properties.issuer());
    }

    /** Returns how long a key signs access tokens. */
    public Duration keyRotation() {
        return properties.keyRotation();
    }
}
