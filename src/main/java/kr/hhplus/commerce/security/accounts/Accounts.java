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
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/**
 * Sign-up, sign-in and password changes, for the API and the pages. Passwords are checked on the bounded hashing
 * threads, and wrong ones count towards the lock-out. Futures fail with a {@link RefusedException}.
 */
@Service
@ConditionalOnAccounts
public class Accounts {

    private final SignUp signUp;
    private final SignIn signIn;
    private final JdbcAccounts accounts;
    private final Passwords passwords;
    private final AccountProperties properties;

    Accounts(SignUp signUp, SignIn signIn, JdbcAccounts accounts, Passwords passwords, AccountProperties properties) {
        this.signUp = signUp;
        this.signIn = signIn;
        this.accounts = accounts;
        this.passwords = passwords;
        this.properties = properties;
    }

    /** Checks a password. Refusals: INVALID_CREDENTIALS, RATE_LIMITED, OVERLOADED. */
    public CompletableFuture<Account> signIn(String name, String password, String address) {
        SignUp.checkLength(password, "/password");
        return passwords.submit(address, () -> signIn.check(name, password, address));
    }

    /**
     * Creates an account. Refusals: INVALID_REQUEST, NAME_TAKEN, IDEMPOTENCY_KEY_REUSED, RATE_LIMITED, OVERLOADED.
     *
     * @param key the Idempotency-Key, or null
     */
    public CompletableFuture<CommandResult<Account>> signUp(String name, String password, String key, String address) {
        SignUp.check(name, password, "/password");
        return passwords.submit(address, () -> signUp.signUp(name, password, key, address));
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
        return passwords.submit(
                address, () -> signUp.changePassword(signIn.check(account.name(), current, address), next, address));
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

    /** Returns the encoder for secrets of OAuth clients. It compares them on the bounded hashing threads. */
    public PasswordEncoder clientSecretEncoder() {
        return passwords.forClients();
    }

    public Duration refreshTokenLife() {
        return properties.refreshTokenLife();
    }

    /** Returns how long a key signs access tokens. */
    public Duration keyRotation() {
        return properties.keyRotation();
    }
}
