package kr.hhplus.commerce.web.endpoint;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;

/**
 * All endpoints, read once at start-up from Spring MVC's handler mappings. Filters look the endpoint of a request up
 * here, by the patterns and the path that Spring MVC uses, so that no spelling of a path leads past an annotation.
 */
@Component
public final class Endpoints implements SmartInitializingSingleton {

    private static final String ATTRIBUTE = Endpoints.class.getName();
    private static final Object NONE = new Object();

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private volatile Index index = new Index(List.of());

    /** Filters are created before the handler mappings, so these are asked for later. */
    Endpoints(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** Most paths have no variable and are found in one look-up. */
    private record Index(List<Endpoint> bySpecificity, Map<String, List<Endpoint>> byPath) {

        Index(List<Endpoint> all) {
            this(all, new HashMap<>());
            for (Endpoint endpoint : all) {
                if (!endpoint.path().hasPatternSyntax()) {
                    byPath.computeIfAbsent(endpoint.path().getPatternString(), path -> new ArrayList<>())
                            .add(endpoint);
                }
            }
        }

        @Nullable
        Endpoint find(String method, PathContainer path) {
            for (Endpoint endpoint : byPath.getOrDefault(path.value(), List.of())) {
                if (endpoint.takes(method)) {
                    return endpoint;
                }
            }
            for (Endpoint endpoint : bySpecificity) {
                if (endpoint.takes(method) && endpoint.path().matches(path)) {
                    return endpoint;
                }
            }
            return null;
        }
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<Endpoint> all = new ArrayList<>();
        mappings.forEach(mapping -> mapping.getHandlerMethods().forEach((info, handler) -> add(info, handler, all)));
        all.sort(Comparator.comparing(Endpoint::path, PathPattern.SPECIFICITY_COMPARATOR));
        index = new Index(List.copyOf(all));
    }

    private static void add(RequestMappingInfo info, HandlerMethod handler, List<Endpoint> all) {
        for (PathPattern path : info.getPathPatternsCondition().getPatterns()) {
            all.add(Endpoint.of(info.getMethodsCondition().getMethods(), path, handler));
        }
    }

    public List<Endpoint> all() {
        return index.bySpecificity();
    }

    /** The endpoint that will handle the request; null if there is none for its path and method. */
    public @Nullable Endpoint find(HttpServletRequest request) {
        Object known = request.getAttribute(ATTRIBUTE);
        if (known == null) {
            PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
            Endpoint found = index.find(request.getMethod(), path);
            known = found == null ? NONE : found;
            request.setAttribute(ATTRIBUTE, known);
        }
        return known == NONE ? null : (Endpoint) known;
    }
}
