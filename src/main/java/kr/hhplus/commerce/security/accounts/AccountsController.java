package kr.hhplus.commerce.security.accounts;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.request.BodyOrParameters;
import kr.hhplus.commerce.web.response.Responses;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@ConditionalOnAccounts
@Access(AccessRule.AUTHENTICATED)
@RateLimited(RateLimitGroup.SIGN_IN)
class AccountsController {

    private final Accounts accounts;

    AccountsController(Accounts accounts) {
        this.accounts = accounts;
    }

    record NewUser(@NotNull String name, @NotNull String password) {

        @Override
        public String toString() {
            return "NewUser[" + name + "]";
        }
    }

    record User(long userId, String name) {}

    record PasswordChange(
            @NotNull String currentPassword, @NotNull String newPassword) {

        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }

    @PostMapping("/users")
    @Access(AccessRule.PUBLIC)
    CompletableFuture<ResponseEntity<User>> signUp(
            @Valid @BodyOrParameters(query = false) NewUser user,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key,
            HttpServletRequest request) {
        IdempotencyKey.of(Caller.ANONYMOUS, key, "");
        return Responses.created(
                accounts.signUp(user.name(), user.password(), key, request.getRemoteAddr())
                        .thenApply(AccountsController::user),
                null);
    }

    private static CommandResult<User> user(CommandResult<Account> result) {
        return result instanceof CommandResult.Done<Account> done
                ? new CommandResult.Done<>(
                        new User(done.value().userId(), done.value().name()), done.replayed())
                : CommandResult.refused(((CommandResult.Refused<Account>) result).refusal());
    }

    @PostMapping("/users/me/password")
    CompletableFuture<User> changePassword(
            Caller caller, @Valid @BodyOrParameters(query = false) PasswordChange change, HttpServletRequest request) {
        return accounts.changePassword(caller, change.currentPassword(), change.newPassword(), request.getRemoteAddr())
                .thenApply(account -> new User(account.userId(), account.name()));
    }
}
