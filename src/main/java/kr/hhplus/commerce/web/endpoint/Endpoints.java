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
 * All endpoints, read at start-up from Spring MVC's handler mappings. Filters find the endpoint of a request with the
 * patterns and the path that Spring MVC uses, so that no variant of a path bypasses an annotation.
 */
@Component
public final class Endpoints implements SmartInitializingSingleton {

    private static final String ATTRIBUTE = Endpoints.class.getName();
    private static final Object NONE = new Object();

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private volatile Index index = new Index(List.of());

    /** The provider is lazy, because filters are created before the handler mappings. */
    Endpoints(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    /** Paths without a variable, which are most, are found by one look-up in {@code byPath}. */
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
                if (endpoint.accepts(method)) {
                    return endpoint;
                }
            }
            for (Endpoint endpoint : bySpecificity) {
                if (endpoint.accepts(method) && endpoint.path().matches(path)) {
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

    /** Returns the endpoint of the request; null if none matches its path and method. */
    public @Nullable Endpoint find(HttpServletRequest request) {
        Object cached = request.getAttribute(ATTRIBUTE);
        if (cached == null) {
            PathContainer path = ServletRequestPathUtils.parseAndCache(request).pathWithinApplication();
            Endpoint found = index.find(request.getMethod(), path);
            cached = found == null ? NONE : found;
            request.setAttribute(ATTRIBUTE, cached);
        }
        return cached == NONE ? null : (Endpoint) cached;
    }
}
