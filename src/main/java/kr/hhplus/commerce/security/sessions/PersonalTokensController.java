package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.text.Visible;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.accounts.Accounts;
import kr.hhplus.commerce.security.accounts.PersonalTokens;
import kr.hhplus.commerce.security.accounts.PersonalTokens.PersonalToken;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The personal access tokens of the caller. Only the session of a page creates one: a token that leaked must not
 * outlive its own end by another.
 */
@RestController
@ConditionalOnAccounts
@RequestMapping("/account/tokens")
@Access(AccessRule.AUTHENTICATED)
class PersonalTokensController {

    private final Accounts accounts;
    private final PersonalTokens tokens;
    private final PageSignIn signIn;

    PersonalTokensController(Accounts accounts, PersonalTokens tokens, PageSignIn signIn) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.signIn = signIn;
    }

    record NewToken(
            @NotNull @Visible @CodePointLength(max = PersonalTokens.NAME_MAX)
            String name,

            @NotNull @Min(1) @Max(PersonalTokens.DAYS_MAX) Integer days) {}

    @GetMapping
    Page<PersonalToken> list(Caller caller) {
        return tokensOf(accounts.of(caller));
    }

    /** One page: a user has {@link PersonalTokens#TOKENS_MAX} at most. */
    private Page<PersonalToken> tokensOf(Account account) {
        return new Page<>(tokens.all(account.userId()), null);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    PersonalTokens.Created create(@Valid @RequestBody NewToken token) {
        SessionUser user =
                SessionUser.current().orElseThrow(() -> new RefusedException(Refusal.of(ErrorCode.FORBIDDEN)));
        return tokens.create(user.userId(), user.generation(), token.name(), token.days());
    }

    /** Leaves another user's token alone, and says no more of it than of one that does not exist. */
    @DeleteMapping("/{tokenId}")
    Page<PersonalToken> revoke(Caller caller, @PathVariable @Id long tokenId) {
        Account account = accounts.of(caller);
        tokens.revoke(account.userId(), tokenId);
        return tokensOf(account);
    }

    /** Ends all tokens of the user and with them all sessions, because they belong to one generation. */
    @DeleteMapping
    Page<PersonalToken> revokeAll(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        Account account = accounts.of(caller);
        accounts.signOutEverywhere(account, request.getRemoteAddr());
        if (SessionUser.current().isPresent()) {
            signIn.end(request, response);
        }
        return tokensOf(account);
    }
}
