package kr.hhplus.commerce.security.accounts;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.auditlog.AccountEvent;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import org.springframework.stereotype.Service;

/**
 * What people do with their accounts, the same for the API and the pages: every password is compared in its turn, and
 * counted where it is wrong. Futures fail with what is refused.
 */
@Service
@ConditionalOnAccounts
public class Accounts {

    private final SignUp signUp;
    private final SignIn signIn;
    private final JdbcAccounts accounts;
    private final Passwords passwords;

    Accounts(SignUp signUp, SignIn signIn, JdbcAccounts accounts, Passwords passwords) {
        this.signUp = signUp;
        this.signIn = signIn;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    /** The account, where the password is its own; else INVALID_CREDENTIALS, RATE_LIMITED or OVERLOADED. */
    public CompletableFuture<Account> signIn(String name, String password, String address) {
        SignUp.bound(password, "/password");
        return passwords.inTurn(address, () -> signIn.check(name, password, address));
    }

    /** @param key the Idempotency-Key, or null */
    public CompletableFuture<CommandResult<Account>> signUp(String name, String password, String key, String address) {
        SignUp.check(name, password, "/password");
        return passwords.inTurn(address, () -> signUp.signUp(name, password, key, address));
    }

    /** Ends all sign-ins of the user. @return the account with its new password */
    public CompletableFuture<Account> changePassword(long userId, String current, String next, String address) {
        Account account =
                accounts.find(userId).orElseThrow(() -> new RefusedException(Refusal.of(ErrorCode.FORBIDDEN)));
        SignUp.bound(current, "/currentPassword");
        SignUp.check(account.name(), next, "/newPassword");
        return passwords.inTurn(
                address, () -> signUp.changePassword(signIn.check(account.name(), current, address), next, address));
    }

    public Optional<Account> find(long userId) {
        return accounts.find(userId);
    }

    /**
     * Whether the account still has the password that was compared; it then keeps it until the transaction ends, which
     * the caller has begun.
     */
    public boolean isUnchanged(Account account) {
        return accounts.lockedPassword(account.userId())
                .filter(account.password()::equals)
                .isPresent();
    }

    /** Ends all sign-ins of the user, those that are under way included. */
    public void signOutEverywhere(Caller caller, String address) {
        signIn.signOut(caller, null, address);
    }

    /** To be called where a sign-in that is kept elsewhere has been ended by its owner. */
    public void signedOut(Account account, String address) {
        signIn.tell(AccountEvent.Kind.SIGNED_OUT, account.name(), account.userId(), address);
    }
}
