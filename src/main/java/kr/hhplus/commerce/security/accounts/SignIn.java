package kr.hhplus.commerce.security.accounts;

import java.util.Optional;
import kr.hhplus.commerce.auditlog.AccountEvent;
import kr.hhplus.commerce.auditlog.AccountEvent.Kind;
import kr.hhplus.commerce.auditlog.SignInAttempted;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Checks passwords. An unknown name and a wrong password take the same time and get the same refusal. */
@Service
@ConditionalOnAccounts
class SignIn {

    private final JdbcAccounts accounts;
    private final JdbcSignInFailures failures;
    private final Passwords passwords;
    private final ApplicationEventPublisher events;

    SignIn(JdbcAccounts accounts, JdbcSignInFailures failures, Passwords passwords, ApplicationEventPublisher events) {
        this.accounts = accounts;
        this.failures = failures;
        this.passwords = passwords;
        this.events = events;
    }

    /**
     * Checks a password. Must run on a thread of {@link Passwords}.
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

    void publish(Kind kind, String name, long userId, String address) {
        events.publishEvent(new AccountEvent(kind, "user " + name, userId, address));
    }

    static RefusedException invalidCredentials() {
        return new RefusedException(Refusal.of(ErrorCode.INVALID_CREDENTIALS));
    }
}
