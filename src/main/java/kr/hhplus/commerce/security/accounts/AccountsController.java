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
import kr.hhplus.commerce.web.request.BodyOrParameters;
import kr.hhplus.commerce.web.response.Responses;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
@ConditionalOnAccounts
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
    CompletableFuture<ResponseEntity<User>> signUp(
            @Valid @BodyOrParameters(query = false) NewUser user,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key,
            HttpServletRequest request) {
        IdempotencyKey.of(Caller.NOBODY, key, "");
        return Responses.created(
                accounts.signUp(user.name(), user.password(), key, request.getRemoteAddr())
                        .thenApply(AccountsController::user),
                null);
    }

    private static CommandResult<User> user(CommandResult<Account> answer) {
        return answer instanceof CommandResult.Done<Account> done
                ? new CommandResult.Done<>(
                        new User(done.value().userId(), done.value().name()), done.replayed())
                : CommandResult.refused(((CommandResult.Refused<Account>) answer).refusal());
    }

    @PostMapping("/auth/token")
    CompletableFuture<Tokens> token(
            @Valid @BodyOrParameters(query = false) TokenRequest asked, HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return switch (asked.grant()) {
            case "password" -> {
                String name = given("/name", asked.name());
                String password = SignUp.bound(given("/password", asked.password()), "/password");
                yield passwords.inTurn(address, () -> signIn.password(name, password, address));
            }
            case "client_credentials" -> {
                String id = given("/clientId", asked.clientId());
                String secret = given("/clientSecret", asked.clientSecret());
                yield passwords.inTurn(address, () -> signIn.client(id, secret, address));
            }
            case "refresh_token" ->
                CompletableFuture.completedFuture(signIn.refresh(given("/refreshToken", asked.refreshToken())));
            default ->
                throw new RefusedException(
                        InvalidRequest.at("/grant", "choice", "password, refresh_token, client_credentials"));
        };
    }

    private static String given(String pointer, String value) {
        return Optional.ofNullable(value)
                .orElseThrow(() -> new RefusedException(InvalidRequest.at(pointer, "NotNull")));
    }

    /** Ends the sign-in that the refresh token belongs to, or every one of the user's where none is named. */
    @PostMapping("/auth/sign-out")
    SignedOut signOut(
            Caller caller, @Valid @BodyOrParameters(query = false) SignOutRequest asked, HttpServletRequest request) {
        signIn.signOut(caller, asked.refreshToken(), request.getRemoteAddr());
        return new SignedOut(asked.refreshToken() == null);
    }

    @PostMapping("/users/me/password")
    CompletableFuture<User> changePassword(
            Caller caller, @Valid @BodyOrParameters(query = false) PasswordChange change, HttpServletRequest request) {
        return accounts.changePassword(
                        caller.userId(), change.currentPassword(), change.newPassword(), request.getRemoteAddr())
                .thenApply(account -> new User(account.userId(), account.name()));
    }
}
