package kr.hhplus.commerce.security.accounts;

import java.util.Optional;
import kr.hhplus.commerce.auditlog.AccountEvent;
import kr.hhplus.commerce.auditlog.AccountEvent.Kind;
import kr.hhplus.commerce.auditlog.SignInAttempted;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Issues tokens. An unknown name and a wrong secret take the same time and get the same refusal. */
@Service
@ConditionalOnAccounts
class SignIn {

    private final JdbcAccounts accounts;
    private final JdbcRefreshTokens refreshTokens;
    private final JdbcSignInFailures failures;
    private final Passwords passwords;
    private final AccessTokens accessTokens;
    private final AccountProperties properties;
    private final ApplicationEventPublisher events;

    SignIn(
            JdbcAccounts accounts,
            JdbcRefreshTokens refreshTokens,
            JdbcSignInFailures failures,
            Passwords passwords,
            AccessTokens accessTokens,
            AccountProperties properties,
            ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.refreshTokens = refreshTokens;
        this.failures = failures;
        this.passwords = passwords;
        this.accessTokens = accessTokens;
        this.properties = properties;
        this.events = events;
    }

    /** The response to a sign-in. Clients get no refresh token; they sign in again. */
    record Tokens(String accessToken, String tokenType, long expiresIn, String refreshToken) {

        @Override
        public String toString() {
            return "Tokens[" + expiresIn + "]";
        }
    }

    /**
     * Signs a user in. Must run on a thread of {@link Passwords}, like {@link #client}.
     *
     * @throws RefusedException INVALID_CREDENTIALS, RATE_LIMITED
     */
    Tokens password(String name, String password, String address) {
        Account account = check(name, password, address);
        return tokens(account, refreshTokens.first(account).orElseThrow(SignIn::invalidCredentials));
    }

    /**
     * Checks a password.
     *
     * @throws RefusedException INVALID_CREDENTIALS, RATE_LIMITED
     */
    Account check(String given, String password, String address) {
        String name = LoginRules.name(given).orElse("");
        Optional<Account> account = accounts.find(name);
        if (!isRight(name, account.map(Account::password).orElse(null), password, address)) {
            throw invalidCredentials();
        }
        return account.orElseThrow();
    }

    /**
     * Compares a password with its hash, counts failures and publishes the attempt.
     *
     * @param hash null if there is no account
     * @throws RefusedException RATE_LIMITED
     */
    boolean isRight(String name, String hash, String password, String address) {
        String actor = "user " + name;
        failures.requireOpen(actor, address);
        boolean right = passwords.matches(password, hash);
        events.publishEvent(new SignInAttempted(actor, address, right));
        if (right) {
            failures.succeeded(actor);
        } else {
            failures.failed(actor, address);
        }
        return right;
    }

    /**
     * Signs a client in. Failures count by address only: a client id is not secret, and knowing it must not suffice to
     * lock the back-end out. Its secret is random and cannot be guessed.
     */
    Tokens client(String id, String secret, String address) {
        failures.requireOpen(address);
        AccountProperties.Client client = properties.clients().get(id);
        boolean right = passwords.matchesClient(secret, client == null ? null : client.secret());
        events.publishEvent(new SignInAttempted("service " + id, address, right));
        if (!right) {
            failures.failed(address);
            throw invalidCredentials();
        }
        return bearer(accessTokens.of(id, client.roles(), null), null);
    }

    /** Exchanges a refresh token. The new tokens have the account's current roles. */
    Tokens refresh(String refreshToken) {
        JdbcRefreshTokens.Next next = refreshTokens.rotate(refreshToken).orElseThrow(SignIn::invalidCredentials);
        return tokens(accounts.find(next.userId()).orElseThrow(SignIn::invalidCredentials), next.token());
    }

    /** Ends the caller's session of that token, or all sessions if it is null; another user's token is ignored. */
    void signOut(Caller caller, String refreshToken, String address) {
        boolean everywhere = refreshToken == null;
        if (everywhere) {
            refreshTokens.endAll(caller.userId());
        } else if (!refreshTokens.end(refreshToken, caller.userId())) {
            return;
        }
        accounts.find(caller.userId()).ifPresent(account -> {
            Kind kind = everywhere ? Kind.SIGNED_OUT_EVERYWHERE : Kind.SIGNED_OUT;
            publish(kind, account.name(), account.userId(), address);
        });
    }

    void publish(Kind kind, String name, long userId, String address) {
        events.publishEvent(new AccountEvent(kind, "user " + name, userId, address));
    }

    private Tokens tokens(Account account, String refreshToken) {
        String subject = String.valueOf(account.userId());
        return bearer(accessTokens.of(subject, account.roles(), account.generation()), refreshToken);
    }

    private Tokens bearer(String accessToken, String refreshToken) {
        return new Tokens(accessToken, "Bearer", accessTokens.lifeSeconds(), refreshToken);
    }

    static RefusedException invalidCredentials() {
        return new RefusedException(Refusal.of(ErrorCode.INVALID_CREDENTIALS));
    }
}
