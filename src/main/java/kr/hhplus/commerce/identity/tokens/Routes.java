package kr.hhplus.commerce.identity.tokens;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.Caller.Role;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What each address wants of its caller: the first line that fits counts, and what no line names wants a token. Paths
 * are read as Spring MVC reads them, so that no spelling of one leads past its line.
 */
final class Routes {

    /** What a route wants of its caller. */
    enum Need {
        NOTHING,
        TOKEN,
        SERVICE_OR_ADMIN,
        ADMIN;

        boolean isMetBy(Caller caller) {
            return switch (this) {
                case NOTHING -> true;
                case TOKEN -> caller.known();
                case SERVICE_OR_ADMIN -> caller.has(Role.SERVICE) || caller.has(Role.ADMIN);
                case ADMIN -> caller.has(Role.ADMIN);
            };
        }
    }

    private static final Set<String> READ = Set.of("GET", "HEAD");
    private static final Set<String> POST = Set.of("POST");
    private static final Set<String> ANY = Set.of();

    private final List<Route> routes = new ArrayList<>();

    private record Route(Set<String> methods, PathPattern path, Need need) {}

    Routes(Environment settings) {
        String actuator = settings.getProperty("management.endpoints.web.base-path", "/actuator");
        String management = settings.getProperty("management.server.base-path", "");
        add(Need.NOTHING, READ, "/products", "/products/{productId}", "/campaigns");
        add(Need.NOTHING, POST, "/users", "/auth/token");
        add(Need.NOTHING, READ, "/v3/api-docs", "/v3/api-docs.yaml", "/swagger-ui.html", "/swagger-ui/**");
        add(Need.NOTHING, READ, "/", "/shop/products/*", "/shop/coupons/*", "/assets/**", "/live");
        add(Need.NOTHING, ANY, "/sign-in", "/sign-up", "/sign-out");
        add(Need.NOTHING, READ, actuator + "/health/**", management + actuator + "/health/**");
        add(Need.ADMIN, ANY, actuator + "/**", management + actuator + "/**");
        add(Need.ADMIN, ANY, "/admin/**", "/console", "/console/**");
        add(Need.SERVICE_OR_ADMIN, ANY, "/events/**");
    }

    private void add(Need need, Set<String> methods, String... paths) {
        for (String path : paths) {
            routes.add(new Route(methods, PathPatternParser.defaultInstance.parse(path), need));
        }
    }

    Need of(HttpServletRequest request) {
        PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
        for (Route route : routes) {
            boolean method = route.methods().isEmpty() || route.methods().contains(request.getMethod());
            if (method && route.path().matches(path)) {
                return route.need();
            }
        }
        return Need.TOKEN;
    }
}
