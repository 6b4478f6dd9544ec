package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.PageErrors;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.accounts.Accounts;
import kr.hhplus.commerce.security.accounts.PersonalTokens;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** A user's account: password change, and sign-out on all devices. */
@HtmlPage
@ConditionalOnAccounts
@RequestMapping(path = "/account", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class AccountController {

    private static final String TEMPLATE = "pages/account";

    private final Accounts accounts;
    private final PageSignIn signIn;
    private final PersonalTokens tokens;
    private final PageErrors errors;

    AccountController(Accounts accounts, PersonalTokens tokens, PageSignIn signIn, PageErrors errors) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.tokens = tokens;
        this.errors = errors;
    }

    @GetMapping
    ModelAndView account(Visitor visitor, @RequestParam(name = "changed", required = false) String changed) {
        return new ModelAndView(TEMPLATE, model(visitor)).addObject("changed", changed != null);
    }

    /** Revokes all sessions and starts a new one for this browser. */
    @PostMapping("/password")
    @RateLimited(RateLimitGroup.SIGN_IN)
    View changePassword(
            Visitor visitor,
            @RequestParam String currentPassword,
            @RequestParam String newPassword,
            HttpServletRequest request,
            HttpServletResponse response) {
        Account account = PageSignIn.await(
                accounts.changePassword(visitor.caller(), currentPassword, newPassword, request.getRemoteAddr()));
        signIn.start(account, request, response);
        return SeeOther.to("/account?changed");
    }

    @PostMapping("/sign-out-everywhere")
    @RateLimited(RateLimitGroup.SIGN_IN)
    View signOutEverywhere(Visitor visitor, HttpServletRequest request, HttpServletResponse response) {
        accounts.signOutEverywhere(accounts.of(visitor.caller()), request.getRemoteAddr());
        signIn.end(request, response);
        return SeeOther.to("/");
    }

    /** Shows the token on the page of this response, and never again. */
    @PostMapping("/token")
    ModelAndView createToken(Visitor visitor, @RequestParam String name, @RequestParam int days) {
        SessionUser user = SessionUser.current().orElseThrow();
        String token =
                tokens.create(user.userId(), user.generation(), name, days).token();
        return new ModelAndView(TEMPLATE, model(visitor)).addObject("token", token);
    }

    @PostMapping("/token/revoke")
    View revokeToken(Visitor visitor, @RequestParam long tokenId) {
        tokens.revoke(visitor.user(), tokenId);
        return SeeOther.to("/account");
    }

    @ExceptionHandler
    ModelAndView again(RefusedException refused, HttpServletRequest request, HttpServletResponse response) {
        return errors.again(TEMPLATE, model(Visitor.of(request)), errors.explain(refused, request, response));
    }

    private Map<String, Object> model(Visitor visitor) {
        String name = accounts.find(visitor.user()).map(Account::name).orElse("");
        return Map.of("name", name, "tokens", tokens.all(visitor.user()));
    }
}
