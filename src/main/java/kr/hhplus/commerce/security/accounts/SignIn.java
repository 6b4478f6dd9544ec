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

/** Gives tokens for a secret. A name that is unknown and a secret that is wrong cost the same and look the same. */
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

    /** The answer to a sign-in; another back-end signs in anew instead of refreshing. */
    record Tokens(String accessToken, String tokenType, long expiresIn, String refreshToken) {

        @Override
        public String toString() {
            return "Tokens[" + expiresIn + "]";
        }
    }

    /** To be called in {@link Passwords}' turn, as {@link #client}. @throws RefusedException INVALID_CREDENTIALS … */
    Tokens password(String name, String password, String address) {
        Account account = check(name, password, address);
        return tokens(account, refreshTokens.first(account).orElseThrow(SignIn::wrong));
    }

    /** The account, where the password is its own. @throws RefusedException INVALID_CREDENTIALS, RATE_LIMITED */
    Account check(String given, String password, String address) {
        String name = LoginRules.name(given).orElse("");
        Optional<Account> account = accounts.find(name);
        if (!isRight(name, account.map(Account::password).orElse(null), password, address)) {
            throw wrong();
        }
        return account.orElseThrow();
    }

    /** Compares and counts. @param hash null where there is no account @throws RefusedException RATE_LIMITED */
    boolean isRight(String name, String hash, String password, String address) {
        String who = "user " + name;
        failures.requireOpen(who, address);
        boolean right = passwords.matches(password, hash);
        events.publishEvent(new SignInAttempted(who, address, right));
        if (right) {
            failures.succeeded(who);
        } else {
            failures.failed(who, address);
        }
        return right;
    }

    /**
     * Failures count by address alone: a client's id is no secret, and who knows it must not keep the back-end out. Its
     * secret is random, and not to be guessed.
     */
    Tokens client(String id, String secret, String address) {
        failures.requireOpen(address);
        AccountProperties.Client client = properties.clients().get(id);
        boolean right = passwords.matchesClient(secret, client == null ? null : client.secret());
        events.publishEvent(new SignInAttempted("service " + id, address, right));
        if (!right) {
            failures.failed(address);
            throw wrong();
        }
        return answer(accessTokens.of(id, client.roles()), null);
    }

    /** The roles are the account's of now, not those of the sign-in. */
    Tokens refresh(String refreshToken) {
        JdbcRefreshTokens.Next next = refreshTokens.follow(refreshToken).orElseThrow(SignIn::wrong);
        return tokens(accounts.find(next.userId()).orElseThrow(SignIn::wrong), next.token());
    }

    /** Ends that sign-in of the caller's, or all of them where no token is given; somebody else's token ends none. */
    void signOut(Caller caller, String refreshToken, String address) {
        boolean everywhere = refreshToken == null;
        if (everywhere) {
            refreshTokens.endAll(caller.userId());
        } else if (!refreshTokens.end(refreshToken, caller.userId())) {
            return;
        }
        accounts.find(caller.userId()).ifPresent(account -> {
            Kind kind = everywhere ? Kind.SIGNED_OUT_EVERYWHERE : Kind.SIGNED_OUT;
            tell(kind, account.name(), account.userId(), address);
        });
    }

    void tell(Kind kind, String name, long userId, String address) {
        events.publishEvent(new AccountEvent(kind, "user " + name, userId, address));
    }

    private Tokens tokens(Account account, String refreshToken) {
        return answer(accessTokens.of(String.valueOf(account.userId()), account.roles()), refreshToken);
    }

    private Tokens answer(String accessToken, String refreshToken) {
        return new Tokens(accessToken, "Bearer", accessTokens.lifeSeconds(), refreshToken);
    }

    static RefusedException wrong() {
        return new RefusedException(Refusal.of(ErrorCode.INVALID_CREDENTIALS));
    }
}
