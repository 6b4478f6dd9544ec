package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.accounts.Accounts;
import kr.hhplus.commerce.security.sessions.SessionChainsConfiguration.SessionCookies;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;

/**
 * Signs users in to the pages: by the form of Spring Security, which finds this provider as a bean, and after a sign-up
 * or a password change.
 */
@Component
@ConditionalOnAccounts
class PageSignIn implements AuthenticationProvider {

    private static final String SIGNED_IN = PageSignIn.class.getName() + ".account";
    private static final String AUTHORIZATION = "/oauth2/authorize";

    private final Accounts accounts;
    private final CsrfTokenRepository csrfTokens;
    private final SessionCookies cookies;
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
    private final DefaultRedirectStrategy seeOther = new DefaultRedirectStrategy();

    PageSignIn(Accounts accounts, CsrfTokenRepository csrfTokens, SessionCookies cookies) {
        this.accounts = accounts;
        this.cookies = cookies;
        this.csrfTokens = csrfTokens;
        seeOther.setStatusCode(HttpStatus.SEE_OTHER);
    }

    /**
     * Where a sign-in comes from.
     *
     * @param deviceCookie null for none
     */
    private record Origin(
            HttpServletRequest request, @Nullable String deviceCookie) {

        String address() {
            return request.getRemoteAddr();
        }
    }

    private static final class RefusedSignIn extends AuthenticationException {

        private final transient RefusedException refused;

        RefusedSignIn(RefusedException refused) {
            super(refused.getMessage(), refused);
            this.refused = refused;
        }
    }

    void configure(HttpSecurity http) throws Exception {
        http.formLogin(form -> form.loginPage("/sign-in")
                        .usernameParameter("name")
                        .passwordParameter("password")
                        .authenticationDetailsSource(
                                (HttpServletRequest request) -> new Origin(request, cookies.device(request)))
                        .successHandler(this::signedIn)
                        .failureHandler(PageSignIn::showAgain))
                .logout(logout -> logout.logoutUrl("/sign-out")
                        .addLogoutHandler(this::publishSignOut)
                        .logoutSuccessHandler(
                                (request, response, signedOut) -> seeOther.sendRedirect(request, response, "/")));
    }

    private void signedIn(HttpServletRequest request, HttpServletResponse response, Authentication signedIn)
            throws IOException {
        rememberDevice((Account) request.getAttribute(SIGNED_IN), request, response);
        proceed(request.getParameter("next"), request, response);
    }

    /**
     * Continues to the page that the user came from, after a form. An authorization request redirects to an OAuth
     * client, and Chromium applies the policy {@code form-action} to all redirects that follow a form. A refresh is a
     * navigation of its own.
     *
     * @param next as the client sent it; an address of another server leads to the home page
     */
    void proceed(@Nullable String next, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String address = SeeOther.ownOrHome(next);
        if (address.startsWith(AUTHORIZATION)) {
            response.setHeader("Refresh", "0;url=" + address);
        } else {
            seeOther.sendRedirect(request, response, address);
        }
    }

    private void rememberDevice(Account account, HttpServletRequest request, HttpServletResponse response) {
        cookies.putDevice(accounts.deviceCookie(account), accounts.deviceCookieLife(), request, response);
    }

    private static void showAgain(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        PageRefusals.show(((RefusedSignIn) failure).refused, "/sign-in", request, response);
    }

    private void publishSignOut(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication) {
        if (authentication != null && authentication.getPrincipal() instanceof SessionUser user) {
            accounts.find(user.userId()).ifPresent(account -> accounts.signedOut(account, request.getRemoteAddr()));
        }
    }

    /**
     * The password is checked on a thread for that; this one waits, within the limit of blocking requests. Another
     * failure than a refusal passes all filters up to {@link PageRefusals}.
     */
    @Override
    public Authentication authenticate(Authentication attempt) {
        Origin origin = (Origin) attempt.getDetails();
        try {
            Account account = await(accounts.signIn(
                    attempt.getName(),
                    String.valueOf(attempt.getCredentials()),
                    origin.address(),
                    origin.deviceCookie()));
            // The cookie of the device is signed with the hash that the password was compared with.
            origin.request().setAttribute(SIGNED_IN, account);
            AbstractAuthenticationToken signedIn = SessionUser.authentication(account);
            // Otherwise Spring Security would copy the details of the attempt, which would be stored in the session.
            signedIn.setDetails(origin.address());
            return signedIn;
        } catch (RefusedException refused) {
            throw new RefusedSignIn(refused);
        }
    }

    @Override
    public boolean supports(Class<?> attempt) {
        return attempt == UsernamePasswordAuthenticationToken.class;
    }

    /** @throws RefusedException as the future fails */
    static <T> T await(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Starts a new session for the account and ends the one that the browser had. */
    void start(Account account, HttpServletRequest request, HttpServletResponse response) {
        end(request, response);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(SessionUser.authentication(account));
        contexts.saveContext(context, request, response);
        rememberDevice(account, request, response);
    }

    /** Ends the session. The CSRF token changes with it. */
    void end(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        csrfTokens.saveToken(null, request, response);
    }
}
