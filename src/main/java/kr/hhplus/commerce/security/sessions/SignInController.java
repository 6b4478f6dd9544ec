package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.CommandResults;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.PageErrors;
import kr.hhplus.commerce.pages.SeeOther;
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
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/** The forms for signing in and up. A refusal stands above the form, which keeps the name that was sent. */
@HtmlPage
@ConditionalOnAccounts
@RequestMapping(produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.PUBLIC)
class SignInController {

    private static final String SIGN_UP = "/sign-up";
    private static final String SIGN_IN_TEMPLATE = "pages/sign-in";

    private final Accounts accounts;
    private final PageSignIn signIn;
    private final PageErrors errors;

    SignInController(Accounts accounts, PageSignIn signIn, PageErrors errors) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.errors = errors;
    }

    @GetMapping({"/sign-in", SIGN_UP})
    ModelAndView form(
            Visitor visitor, @RequestParam(name = "next", defaultValue = "/") String next, HttpServletRequest request) {
        if (visitor.hasUser()) {
            return new ModelAndView(SeeOther.to(SeeOther.ownOrHome(next)));
        }
        if (isSignUp(request) && !accounts.signUpIsOpen()) {
            throw new RefusedException(Refusal.of(ErrorCode.SIGN_UP_CLOSED));
        }
        return new ModelAndView(template(request), model(request));
    }

    /** Spring Security's filter signs in, and forwards here what it has refused. */
    @PostMapping("/sign-in")
    @RateLimited(RateLimitGroup.SIGN_IN)
    ModelAndView refused(HttpServletRequest request) {
        throw PageRefusals.of(request);
    }

    @PostMapping(SIGN_UP)
    @RateLimited(RateLimitGroup.SIGN_IN)
    void signUp(
            @RequestParam String name,
            @RequestParam String password,
            @RequestParam String key,
            @RequestParam(name = "next", defaultValue = "/") String next,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Account account = CommandResults.valueOrThrow(
                PageSignIn.await(accounts.signUp(name.strip(), password, key, request.getRemoteAddr())));
        signIn.start(account, request, response);
        signIn.proceed(next, request, response);
    }

    @ExceptionHandler
    ModelAndView again(RefusedException refused, HttpServletRequest request, HttpServletResponse response) {
        boolean closed = refused.refusal().code() == ErrorCode.SIGN_UP_CLOSED;
        return errors.again(
                closed ? SIGN_IN_TEMPLATE : template(request),
                model(request),
                errors.explain(refused, request, response));
    }

    /** By the pattern that matched, since an address can be encoded in many ways, such as {@code /%73ign-in}. */
    private static boolean isSignUp(HttpServletRequest request) {
        return SIGN_UP.equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    private static String template(HttpServletRequest request) {
        return isSignUp(request) ? "pages/sign-up" : SIGN_IN_TEMPLATE;
    }

    private static Map<String, String> model(HttpServletRequest request) {
        String name = request.getMethod().equals("POST") ? request.getParameter("name") : null;
        return Map.of("name", name == null ? "" : name, "next", SeeOther.ownOrHome(request.getParameter("next")));
    }
}
