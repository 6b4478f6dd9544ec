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
 * Begins and ends what a browser shows us: the session and the secret of its forms change together, and the session
 * that it showed before is over.
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

    /** Whose browser it is; nothing, and nothing asked, where it shows no session. */
    Optional<Account> accountOf(HttpServletRequest request) {
        return cookies.read(request).flatMap(sessions::accountOf);
    }

    /** @throws RefusedException INVALID_CREDENTIALS where the password has been changed since it was compared */
    ModelAndView signIn(Account account, String next) {
        SessionCookie begun = sessions.begin(account)
                .orElseThrow(() -> new RefusedException(Refusal.of(ErrorCode.INVALID_CREDENTIALS)));
        return answer(SeeOther.ownOrHome(next), (request, response) -> cookies.write(request, response, begun));
    }

    ModelAndView signOut() {
        return answer("/", cookies::takeAway);
    }

    /** By who renders answers, not by who compares passwords: there the request is still in other hands. */
    private ModelAndView answer(String next, BiConsumer<HttpServletRequest, HttpServletResponse> change) {
        View view = (model, request, response) -> {
            cookies.read(request).ifPresent(sessions::end);
            secrets.saveToken(null, request, response);
            change.accept(request, response);
            SeeOther.to(next).render(model, request, response);
        };
        return new ModelAndView(view);
    }
}
