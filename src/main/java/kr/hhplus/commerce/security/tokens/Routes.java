package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Caller.Role;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The access rule of each path: the first matching rule applies, and paths without a rule require a token. Paths are
 * matched as Spring MVC matches them, so that no spelling bypasses a rule.
 */
public final class Routes {

    /** What a route requires of its caller. */
    public enum Need {
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

    /** Pages for browsers, authenticated by a session and never by a token. */
    private static final List<PathPattern> PAGES = Stream.of(
                    "/", "/shop/**", "/console/**", "/sign-in", "/sign-up", "/sign-out", "/account/**")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    private final List<Route> routes = new ArrayList<>();

    private record Route(Set<String> methods, PathPattern path, Need need) {}

    private Routes(List<String> health, List<String> operators) {
        add(Need.NOTHING, READ, "/products", "/products/{productId}", "/campaigns");
        add(Need.NOTHING, POST, "/users", "/auth/token");
        add(Need.NOTHING, READ, "/v3/api-docs", "/v3/api-docs.yaml", "/swagger-ui.html", "/swagger-ui/**");
        add(Need.NOTHING, READ, "/", "/shop/products/*", "/shop/coupons/*", "/assets/**", "/live");
        add(Need.NOTHING, ANY, "/sign-in", "/sign-up", "/sign-out");
        add(Need.NOTHING, READ, health.toArray(String[]::new));
        add(Need.ADMIN, ANY, operators.toArray(String[]::new));
        add(Need.ADMIN, ANY, "/admin/**", "/console", "/console/**");
        add(Need.SERVICE_OR_ADMIN, ANY, "/events/**");
    }

    /** Rules of the main port, which may also serve Actuator. */
    static Routes ofServer(PathMappedEndpoints actuator, Environment settings) {
        if (ManagementPortType.get(settings) != ManagementPortType.SAME) {
            return new Routes(List.of(), List.of());
        }
        List<String> operators = new ArrayList<>();
        actuator.getAllPaths().forEach(path -> operators.add(below(path)));
        String list = below(actuator.getBasePath());
        if (!list.equals("/**")) {
            operators.add(list);
        }
        return new Routes(health(actuator), operators);
    }

    /** Rules of a separate management port: everything except health requires the role ADMIN. */
    static Routes ofManagement(PathMappedEndpoints actuator) {
        return new Routes(health(actuator), List.of("/**"));
    }

    private static List<String> health(PathMappedEndpoints actuator) {
        String path = actuator.getPath(EndpointId.of("health"));
        return path == null ? List.of() : List.of(below(path));
    }

    /** Actuator collapses repeated slashes in its settings. */
    private static String below(String path) {
        return (path + "/**").replaceAll("/+", "/");
    }

    private void add(Need need, Set<String> methods, String... paths) {
        for (String path : paths) {
            routes.add(new Route(methods, PathPatternParser.defaultInstance.parse(path), need));
        }
    }

    /** @return whether the path belongs to the pages, not to the API */
    public static boolean isPage(HttpServletRequest request) {
        PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
        for (PathPattern page : PAGES) {
            if (page.matches(path)) {
                return true;
            }
        }
        return false;
    }

    public Need of(HttpServletRequest request) {
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
