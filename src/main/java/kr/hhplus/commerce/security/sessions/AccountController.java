package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.PageErrors;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.accounts.Accounts;
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

/** A user's account: password change, and sign-out on all devices. */
@HtmlPage
@ConditionalOnAccounts
@RequestMapping(path = "/account", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class AccountController {

    private static final String TEMPLATE = "pages/account";

    private final Accounts accounts;
    private final SignInOfBrowser browsers;
    private final PageErrors errors;

    AccountController(Accounts accounts, SignInOfBrowser browsers, PageErrors errors) {
        this.accounts = accounts;
        this.browsers = browsers;
        this.errors = errors;
    }

    @GetMapping
    ModelAndView account(Visitor visitor, @RequestParam(name = "changed", required = false) String changed) {
        return new ModelAndView(TEMPLATE, model(visitor)).addObject("changed", changed != null);
    }

    /** Revokes all sessions and starts a new one for this browser. */
    @PostMapping("/password")
    @RateLimited(RateLimitGroup.SIGN_IN)
    CompletionStage<ModelAndView> changePassword(
            Visitor visitor,
            @RequestParam String currentPassword,
            @RequestParam String newPassword,
            HttpServletRequest request) {
        return accounts.changePassword(visitor.user(), currentPassword, newPassword, request.getRemoteAddr())
                .thenApply(account -> browsers.signIn(account, "/account?changed"));
    }

    @PostMapping("/sign-out-everywhere")
    @RateLimited(RateLimitGroup.SIGN_IN)
    ModelAndView signOutEverywhere(Visitor visitor, HttpServletRequest request) {
        accounts.signOutEverywhere(visitor.caller(), request.getRemoteAddr());
        return browsers.signOut();
    }

    @ExceptionHandler
    ModelAndView again(RefusedException refused, HttpServletRequest request, HttpServletResponse response) {
        return errors.again(TEMPLATE, model(Visitor.of(request)), errors.explain(refused, request, response));
    }

    private Map<String, String> model(Visitor visitor) {
        return Map.of("name", accounts.find(visitor.user()).map(Account::name).orElse(""));
    }
}
