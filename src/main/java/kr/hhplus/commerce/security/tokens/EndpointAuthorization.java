package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.function.Supplier;
import kr.hhplus.commerce.security.ConditionalOnCredentials;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Decides by the {@code Access} annotation of the handler method. For paths without a handler method the rules below
 * apply, and otherwise {@link AccessRule#AUTHENTICATED}: an unknown path does not reveal that it is unknown.
 */
@Component
@ConditionalOnCredentials
public final class EndpointAuthorization implements AuthorizationManager<RequestAuthorizationContext> {

    /** Resources, and paths that have a handler method only with accounts: 404 instead of 401. */
    private static final Map<AccessRule, PathPattern[]> WITHOUT_HANDLER = Map.of(
            AccessRule.PUBLIC,
                    patterns("/swagger-ui.html", "/swagger-ui/**", "/assets/**", "/users", "/sign-in", "/sign-up"),
            AccessRule.ADMIN, patterns("/admin/**", "/console/**"),
            AccessRule.SERVICE_OR_ADMIN, patterns("/events/**"));

    private final Endpoints endpoints;

    EndpointAuthorization(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    private static PathPattern[] patterns(String... paths) {
        return java.util.Arrays.stream(paths)
                .map(PathPatternParser.defaultInstance::parse)
                .toArray(PathPattern[]::new);
    }

    /** Returns the rule of the request. */
    public AccessRule of(HttpServletRequest request) {
        Endpoint endpoint = endpoints.find(request);
        if (endpoint != null) {
            return endpoint.access();
        }
        PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
        for (Map.Entry<AccessRule, PathPattern[]> rule : WITHOUT_HANDLER.entrySet()) {
            for (PathPattern pattern : rule.getValue()) {
                if (pattern.matches(path)) {
                    return rule.getKey();
                }
            }
        }
        return AccessRule.AUTHENTICATED;
    }

    boolean hasHandler(HttpServletRequest request) {
        return endpoints.find(request) != null;
    }

    @Override
    @SuppressWarnings("deprecation")
    public AuthorizationDecision check(Supplier<Authentication> authentication, RequestAuthorizationContext context) {
        AccessRule rule = of(context.getRequest());
        return new AuthorizationDecision(rule.isMetBy(CallerAuthentication.callerOf(authentication.get())));
    }
}
