package kr.hhplus.commerce.security.sessions;

import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.accounts.Administrators;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes users administrators, and takes the role from them. Only the session of a page may: a token that leaked must
 * not outlive its own end by another administrator.
 */
@RestController
@ConditionalOnAccounts
@RequestMapping("/admin/administrators/{userId}")
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class AdministratorsController {

    private final Administrators administrators;

    AdministratorsController(Administrators administrators) {
        this.administrators = administrators;
    }

    record Administrator(long userId, String name, boolean administrator) {}

    @PutMapping
    Administrator grant(Caller caller, @PathVariable @Id long userId) {
        requireSession();
        Account account = administrators.grant(userId, caller);
        return new Administrator(account.userId(), account.name(), true);
    }

    @DeleteMapping
    Administrator revoke(Caller caller, @PathVariable @Id long userId) {
        requireSession();
        Account account = administrators.revoke(userId, caller);
        return new Administrator(account.userId(), account.name(), false);
    }

    private static void requireSession() {
        if (SessionUser.current().isEmpty()) {
            throw new RefusedException(Refusal.of(ErrorCode.FORBIDDEN));
        }
    }
}
