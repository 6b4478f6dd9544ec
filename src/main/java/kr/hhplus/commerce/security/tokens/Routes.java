package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.core.env.Environment;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The access rule of each request: that of its endpoint ({@link Endpoints}), or for paths and methods without a handler
 * method the first rule here that matches, or {@link AccessRule#AUTHENTICATED}.
 */
public final class Routes {

    private static final Set<String> READ = Set.of("GET", "HEAD");
    private static final Set<String> ANY = Set.of();

    /** Pages for browsers, authenticated by a session and never by a token. */
    private static final List<PathPattern> PAGES = Stream.of(
                    "/", "/shop/**", "/console/**", "/sign-in", "/sign-up", "/sign-out", "/account/**")
            .map(PathPatternParser.defaultInstance::parse)
            .toList();

    /** Null on the management port, which has no handler methods of ours. */
    private final @Nullable Endpoints endpoints;

    private final List<Route> routes = new ArrayList<>();

    private record Route(Set<String> methods, PathPattern path, AccessRule rule) {}

    private Routes(@Nullable Endpoints endpoints, List<String> health, List<String> operators) {
        this.endpoints = endpoints;
        add(AccessRule.PUBLIC, READ, "/swagger-ui.html", "/swagger-ui/**", "/assets/**");
        // Without accounts these have no handler method: 404, not a request for credentials.
        add(AccessRule.PUBLIC, ANY, "/users", "/auth/token", "/sign-in", "/sign-up");
        add(AccessRule.PUBLIC, READ, health.toArray(String[]::new));
        add(AccessRule.ADMIN, ANY, operators.toArray(String[]::new));
        add(AccessRule.ADMIN, ANY, "/admin/**", "/console/**");
        add(AccessRule.SERVICE_OR_ADMIN, ANY, "/events/**");
    }

    /** Rules of the main port, which may also serve Actuator. */
    static Routes ofServer(Endpoints endpoints, PathMappedEndpoints actuator, Environment settings) {
        if (ManagementPortType.get(settings) != ManagementPortType.SAME) {
            return new Routes(endpoints, List.of(), List.of());
        }
        List<String> operators = new ArrayList<>();
        actuator.getAllPaths().forEach(path -> operators.add(below(path)));
        String list = below(actuator.getBasePath());
        if (!list.equals("/**")) {
            operators.add(list);
        }
        return new Routes(endpoints, health(actuator), operators);
    }

    /** Rules of a separate management port: everything except health requires the role ADMIN. */
    static Routes ofManagement(PathMappedEndpoints actuator) {
        return new Routes(null, health(actuator), List.of("/**"));
    }

    private static List<String> health(PathMappedEndpoints actuator) {
        String path = actuator.getPath(EndpointId.of("health"));
        return path == null ? List.of() : List.of(below(path));
    }

    /** Actuator collapses repeated slashes in its settings. */
    private static String below(String path) {
        return (path + "/**").replaceAll("/+", "/");
    }

    private void add(AccessRule rule, Set<String> methods, String... paths) {
        for (String path : paths) {
            routes.add(new Route(methods, PathPatternParser.defaultInstance.parse(path), rule));
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

    public AccessRule of(HttpServletRequest request) {
        Endpoint endpoint = endpoints == null ? null : endpoints.find(request);
        if (endpoint != null) {
            return endpoint.access();
        }
        PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
        for (Route route : routes) {
            boolean method = route.methods().isEmpty() || route.methods().contains(request.getMethod());
            if (method && route.path().matches(path)) {
                return route.rule();
            }
        }
        return AccessRule.AUTHENTICATED;
    }
}
