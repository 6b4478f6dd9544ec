package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.security.tokens.KnownCaller;
import org.springframework.security.core.context.SecurityContextHolder;

/** Authenticates a request by its session cookie; without one, no query is made. */
final class SignedIn extends HttpFilter {

    private final SignInOfBrowser browsers;

    SignedIn(SignInOfBrowser browsers) {
        this.browsers = browsers;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        browsers.accountOf(request)
                .map(account -> new KnownCaller(Caller.user(account.userId(), account.roles())))
                .ifPresent(SecurityContextHolder.getContext()::setAuthentication);
        chain.doFilter(request, response);
    }
}
