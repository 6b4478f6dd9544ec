package kr.hhplus.commerce.security.tokens;

import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
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
 * Spring Security's chain of a resource server, put together by hand: its firewall, its bearer filter, our gate.
 * Sessions and forms are the pages' alone, in chains of their own; saved requests and anonymous users are nobody's.
 */
final class CallerChain {

    private CallerChain() {}

    /** @param first chains for requests that show no token */
    static FilterChainProxy of(Routes routes, JwtAuthenticationProvider tokenCheck, List<SecurityFilterChain> first) {
        BearerTokenAuthenticationFilter bearer = new BearerTokenAuthenticationFilter(new ProviderManager(tokenCheck));
        bearer.setAuthenticationEntryPoint(Challenge::answer);
        AuthenticationEntryPointFailureHandler failed = new AuthenticationEntryPointFailureHandler(Challenge::answer);
        failed.setRethrowAuthenticationServiceException(false);
        bearer.setAuthenticationFailureHandler(failed);
        Gate gate = new Gate(routes);
        List<SecurityFilterChain> all = new ArrayList<>(first);
        // What is open is open to those, too, whose token has run out: signing in again is.
        all.add(new DefaultSecurityFilterChain(request -> routes.of(request) == Routes.Need.NOTHING, gate));
        all.add(new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, bearer, gate));
        FilterChainProxy chain = new FilterChainProxy(all);
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
