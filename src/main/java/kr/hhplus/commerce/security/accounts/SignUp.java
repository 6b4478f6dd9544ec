package kr.hhplus.commerce.security.accounts;

import java.util.Optional;
import kr.hhplus.commerce.auditlog.AccountEvent;
import kr.hhplus.commerce.auditlog.AccountEvent.Kind;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.AccessRefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates accounts (the first administrator's before the server listens) and changes passwords. */
@Service
@ConditionalOnAccounts
class SignUp implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(SignUp.class);

    private final JdbcAccounts accounts;
    private final SignIn signIn;
    private final Passwords passwords;
    private final AccountProperties properties;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;

    SignUp(
            JdbcAccounts accounts,
            SignIn signIn,
            Passwords passwords,
            AccountProperties properties,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.passwords = passwords;
        this.properties = properties;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @throws RefusedException INVALID_REQUEST if the name is invalid or the password too weak */
    static void check(String name, String password, String pointer) {
        if (LoginRules.name(name).isEmpty()) {
            throw new RefusedException(InvalidRequest.at("/name", "loginName"));
        }
        LoginRules.weakness(name, password).ifPresent(weakness -> {
            throw new RefusedException(
                    InvalidRequest.at(pointer, weakness, LoginRules.PASSWORD_MIN, LoginRules.PASSWORD_MAX));
        });
    }

    /** @throws RefusedException INVALID_REQUEST if the password is longer than any that can be set */
    static String checkLength(String password, String pointer) {
        if (LoginRules.length(password) > LoginRules.PASSWORD_MAX) {
            throw new RefusedException(InvalidRequest.at(pointer, "Size", 0, LoginRules.PASSWORD_MAX));
        }
        return password;
    }

    /**
     * Creates an account. A sign-up that is repeated under its key returns the account it created. The password decides
     * whether it is the same request, so that no fast digest of it is stored; a wrong one counts as a failed sign-in.
     */
    CommandResult<Account> signUp(String given, String password, String key, String address) {
        String name = LoginRules.name(given).orElseThrow();
        Optional<Account> taken = accounts.find(name);
        if (taken.isEmpty()) {
            Optional<Account> created = create(name, passwords.hash(password), key, address);
            if (created.isPresent()) {
                return CommandResult.done(created.get());
            }
            taken = accounts.find(name);
        }
        return repeated(taken.orElseThrow(), password, key, address);
    }

    private Optional<Account> create(String name, String hash, String key, String address) {
        return transaction.execute(status -> {
            Optional<Account> created = accounts.create(name, hash, false, key);
            created.ifPresentOrElse(account -> publish(Kind.SIGNED_UP, account, address), status::setRollbackOnly);
            return created;
        });
    }

    private void publish(Kind kind, Account account, String address) {
        events.publishEvent(new AccountEvent(kind, "user " + account.name(), account.userId(), address));
    }

    private CommandResult<Account> repeated(Account taken, String password, String key, String address) {
        if (key == null || !key.equals(taken.signUpKey())) {
            return CommandResult.refused(Refusal.of(ErrorCode.NAME_TAKEN));
        }
        return signIn.isRight(taken, password, address)
                ? new CommandResult.Done<>(taken, true)
                : CommandResult.refused(Refusal.of(ErrorCode.IDEMPOTENCY_KEY_REUSED));
    }

    /**
     * Changes the password and ends all credentials in one transaction.
     *
     * @throws RefusedException INVALID_CREDENTIALS if the password has changed since it was checked
     */
    Account changePassword(Account account, String password, String address) {
        String hash = passwords.hash(password);
        return transaction.execute(status -> {
            if (accounts.lockedPassword(account.userId())
                    .filter(account.passwordHash()::equals)
                    .isEmpty()) {
                throw SignIn.invalidCredentials();
            }
            accounts.changePassword(account.userId(), hash);
            accounts.revokeCredentials(account.userId());
            publish(Kind.PASSWORD_CHANGED, account, address);
            return account.withPassword(hash);
        });
    }

    @Override
    public void afterSingletonsInstantiated() {
        AccountProperties.FirstAdmin admin = properties.firstAdmin();
        if (admin == null || accounts.hasAdmin()) {
            return;
        }
        String name = LoginRules.name(admin.name()).orElseThrow();
        Optional<Account> created = accounts.create(name, passwords.hash(admin.password()), true, null);
        if (created.isPresent()) {
            log.info("created the first administrator {}; its password in the settings is not used again", name);
        } else if (!accounts.hasAdmin()) {
            throw new AccessRefusedException(
                    "commerce.accounts.first-admin.name is '" + name + "', which is already the name of a user.",
                    "Choose another name for the first administrator.");
        }
    }
}
