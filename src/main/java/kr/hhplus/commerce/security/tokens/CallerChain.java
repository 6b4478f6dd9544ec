package kr.hhplus.commerce.security.tokens;

import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.problem.Problems;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * The filter chain of a resource server: Spring Security's firewall and bearer filter, then the {@link Gate}. Pages
 * have their own chains with sessions and forms.
 */
final class CallerChain {

    private CallerChain() {}

    /** @param first chains for requests without a token */
    static FilterChainProxy of(Routes routes, JwtAuthenticationProvider tokenCheck, List<SecurityFilterChain> first) {
        BearerTokenAuthenticationFilter bearer = new BearerTokenAuthenticationFilter(new ProviderManager(tokenCheck));
        bearer.setAuthenticationEntryPoint(Challenge::answer);
        AuthenticationEntryPointFailureHandler failed = new AuthenticationEntryPointFailureHandler(Challenge::answer);
        failed.setRethrowAuthenticationServiceException(false);
        bearer.setAuthenticationFailureHandler(failed);
        Gate gate = new Gate(routes);
        List<SecurityFilterChain> all = new ArrayList<>(first);
        // Public routes ignore tokens, so that a client with an expired token can sign in again.
        all.add(new DefaultSecurityFilterChain(request -> routes.of(request) == AccessRule.PUBLIC, gate));
        all.add(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, bearer, gate));
        FilterChainProxy chain = new FilterChainProxy(all);
        chain.setFirewall(firewall());
        chain.setRequestRejectedHandler(
                (request, response, rejected) -> Problems.write(request, response, Refusal.of(ErrorCode.NOT_FOUND)));
        return chain;
    }

    /** Refuses suspicious URLs as 404; headers, parameters and methods are validated where they are read. */
    private static StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        firewall.setAllowedHeaderNames(name -> true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        firewall.setAllowedParameterValues(value -> true);
        return firewall;
    }
}
