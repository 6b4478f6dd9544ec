package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.BiConsumer;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.accounts.Account;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/**
 * Begins and ends browser sessions. Session and CSRF token change together, and the browser's previous session is
 * ended.
 */
@Component
@ConditionalOnAccounts
class SignInOfBrowser {

    private final JdbcSessions sessions;
    private final SessionCookie.Jar cookies;
    private final CsrfTokenRepository secrets;

    SignInOfBrowser(JdbcSessions sessions, SessionCookie.Jar cookies, CsrfTokenRepository secrets) {
        this.sessions = sessions;
        this.cookies = cookies;
        this.secrets = secrets;
    }

    /** @return empty, without a query, if the request has no session cookie */
    Optional<Account> accountOf(HttpServletRequest request) {
        return cookies.read(request).flatMap(sessions::accountOf);
    }

    /** @throws RefusedException INVALID_CREDENTIALS if the password has changed since it was checked */
    ModelAndView signIn(Account account, String next) {
        SessionCookie cookie = sessions.begin(account)
                .orElseThrow(() -> new RefusedException(Refusal.of(ErrorCode.INVALID_CREDENTIALS)));
        return redirect(SeeOther.ownOrHome(next), (request, response) -> cookies.write(request, response, cookie));
    }

    ModelAndView signOut() {
        return redirect("/", cookies::remove);
    }

    /** Changes cookies while rendering, because the hashing thread must not touch request and response. */
    private ModelAndView redirect(String next, BiConsumer<HttpServletRequest, HttpServletResponse> change) {
        View view = (model, request, response) -> {
            cookies.read(request).ifPresent(sessions::end);
            secrets.saveToken(null, request, response);
            change.accept(request, response);
            SeeOther.to(next).render(model, request, response);
        };
        return new ModelAndView(view);
    }
}
