package kr.hhplus.commerce.security.accounts;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.accounts.SignIn.Tokens;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.request.BodyOrParameters;
import kr.hhplus.commerce.web.response.Responses;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@ConditionalOnAccounts
@Access(AccessRule.AUTHENTICATED)
@RateLimited(RateLimitGroup.SIGN_IN)
class AccountsController {

    private static final int SECRET_MAX = 72;
    private static final int TOKEN_MAX = 100;

    private final Accounts accounts;
    private final SignIn signIn;
    private final Passwords passwords;

    AccountsController(Accounts accounts, SignIn signIn, Passwords passwords) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.passwords = passwords;
    }

    record NewUser(@NotNull String name, @NotNull String password) {

        @Override
        public String toString() {
            return "NewUser[" + name + "]";
        }
    }

    record User(long userId, String name) {}

    record TokenRequest(
            @NotNull String grant,
            @CodePointLength(max = LoginRules.NAME_MAX) String name,
            String password,
            @CodePointLength(max = TOKEN_MAX) String refreshToken,
            @CodePointLength(max = LoginRules.NAME_MAX) String clientId,
            @CodePointLength(max = SECRET_MAX) String clientSecret) {

        @Override
        public String toString() {
            return "TokenRequest[" + grant + "]";
        }
    }

    record SignOutRequest(@CodePointLength(max = TOKEN_MAX) String refreshToken) {

        @Override
        public String toString() {
            return "SignOutRequest[]";
        }
    }

    record SignedOut(boolean everywhere) {}

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

    @PostMapping("/auth/token")
    @Access(AccessRule.PUBLIC)
    CompletableFuture<Tokens> token(
            @Valid @BodyOrParameters(query = false) TokenRequest token, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return switch (token.grant()) {
            case "password" -> {
                String name = required("/name", token.name());
                String password = SignUp.checkLength(required("/password", token.password()), "/password");
                yield signIn.password(name, password, address);
            }
            case "client_credentials" -> {
                String id = required("/clientId", token.clientId());
                String secret = required("/clientSecret", token.clientSecret());
                yield passwords.submit(address, () -> signIn.client(id, secret, address));
            }
            case "refresh_token" ->
                CompletableFuture.completedFuture(signIn.refresh(required("/refreshToken", token.refreshToken())));
            default ->
                throw new RefusedException(
                        InvalidRequest.at("/grant", "choice", "password, refresh_token, client_credentials"));
        };
    }

    private static String required(String pointer, String value) {
        return Optional.ofNullable(value)
                .orElseThrow(() -> new RefusedException(InvalidRequest.at(pointer, "NotNull")));
    }

    /** Ends the session of the given refresh token, or all of the user's sessions if none is given. */
    @PostMapping("/auth/sign-out")
    SignedOut signOut(
            Caller caller, @Valid @BodyOrParameters(query = false) SignOutRequest signOut, HttpServletRequest request) {
        signIn.signOut(caller, signOut.refreshToken(), request.getRemoteAddr());
        return new SignedOut(signOut.refreshToken() == null);
    }

    @PostMapping("/users/me/password")
    CompletableFuture<User> changePassword(
            Caller caller, @Valid @BodyOrParameters(query = false) PasswordChange change, HttpServletRequest request) {
        return accounts.changePassword(
                        caller.userId(), change.currentPassword(), change.newPassword(), request.getRemoteAddr())
                .thenApply(account -> new User(account.userId(), account.name()));
    }
}
