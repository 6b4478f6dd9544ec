package kr.hhplus.commerce.security.accounts;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The accounts with the role of administrators. A change ends all credentials of the account, because sessions and
 * tokens contain the roles. The last administrator stays.
 */
@Service
@ConditionalOnAccounts
public class Administrators {

    private final JdbcAccounts accounts;
    private final AuditLog auditLog;
    private final TransactionTemplate transaction;

    Administrators(JdbcAccounts accounts, AuditLog auditLog, PlatformTransactionManager transactions) {
        this.accounts = accounts;
        this.auditLog = auditLog;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Lists the administrators by user number. */
    public List<Account> all() {
        return accounts.administrators();
    }

    /**
     * Makes a user an administrator. A user who is one already stays one.
     *
     * @throws RefusedException ACCOUNT_NOT_FOUND if there is no such account
     */
    public Account grant(long userId, Caller operator) {
        return grant(() -> accounts.find(userId).orElseThrow(Administrators::notFound), operator);
    }

    /** Like {@link #grant(long, Caller)}, by login name. */
    public Account grant(String name, Caller operator) {
        return grant(
                () -> LoginRules.name(name).flatMap(accounts::find).orElseThrow(Administrators::notFound), operator);
    }

    private Account grant(Supplier<Account> find, Caller operator) {
        return transaction.execute(status -> {
            accounts.lockAdministrators();
            Account account = find.get();
            if (!account.admin()) {
                change(account, true, operator);
            }
            return account;
        });
    }

    /**
     * Takes the role from an administrator. A user who is none stays none.
     *
     * @throws RefusedException ACCOUNT_NOT_FOUND if there is no such account; LAST_ADMINISTRATOR
     */
    public Account revoke(long userId, Caller operator) {
        return transaction.execute(status -> {
            int administrators = accounts.lockAdministrators();
            Account account = accounts.find(userId).orElseThrow(Administrators::notFound);
            if (account.admin()) {
                if (administrators == 1) {
                    throw new RefusedException(Refusal.of(ErrorCode.LAST_ADMINISTRATOR));
                }
                change(account, false, operator);
            }
            return account;
        });
    }

    private void change(Account account, boolean admin, Caller operator) {
        accounts.setAdmin(account.userId(), admin);
        accounts.revokeCredentials(account.userId());
        auditLog.write(
                admin ? AuditLogAction.ADMINISTRATOR_GRANTED : AuditLogAction.ADMINISTRATOR_REVOKED,
                operator.name(),
                "user " + account.userId(),
                Map.of("name", account.name()));
    }

    private static RefusedException notFound() {
        return new RefusedException(Refusal.of(ErrorCode.ACCOUNT_NOT_FOUND));
    }
}
