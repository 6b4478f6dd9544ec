package kr.hhplus.commerce.identity.tokens;

import java.util.List;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.Problems;
import kr.hhplus.commerce.shared.problem.Refusal;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * Spring Security's chain of a resource server, put together by hand: its firewall, its bearer filter, our gate.
 * Sessions, forms, saved requests and anonymous users have no place here, and cost nothing.
 */
final class CallerChain {

    private CallerChain() {}

    static FilterChainProxy of(Routes routes, JwtAuthenticationProvider tokenCheck) {
        BearerTokenAuthenticationFilter bearer = new BearerTokenAuthenticationFilter(new ProviderManager(tokenCheck));
        bearer.setAuthenticationEntryPoint(Challenge::answer);
        AuthenticationEntryPointFailureHandler failed = new AuthenticationEntryPointFailureHandler(Challenge::answer);
        failed.setRethrowAuthenticationServiceException(false);
        bearer.setAuthenticationFailureHandler(failed);
        Gate gate = new Gate(routes);
        FilterChainProxy chain = new FilterChainProxy(List.of(
                // What is open is open to those, too, whose token has run out: signing in again is.
                new DefaultSecurityFilterChain(request -> routes.of(request) == Routes.Need.NOTHING, gate),
                new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, bearer, gate)));
        chain.setFirewall(firewall());
        chain.setRequestRejectedHandler(
                (request, response, rejected) -> Problems.write(request, response, Refusal.of(ErrorCode.NOT_FOUND)));
        return chain;
    }

    /** Odd addresses are nowhere; headers, parameters and methods are judged where they are read. */
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
