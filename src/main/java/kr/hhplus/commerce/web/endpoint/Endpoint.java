package kr.hhplus.commerce.web.endpoint;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.pattern.PathPattern;

/**
 * A path of a handler method, with the values of the method's annotations.
 *
 * @param methods empty means all methods
 * @param declaredAccess null if neither the method nor its controller has {@link Access}
 */
public record Endpoint(
        Set<RequestMethod> methods,
        PathPattern path,
        HandlerMethod handler,
        @Nullable AccessRule declaredAccess,
        RateLimitGroup rateLimit,
        boolean cached,
        boolean fastPath) {

    private static final Set<RequestMethod> READING = Set.of(RequestMethod.GET, RequestMethod.HEAD);

    static Endpoint of(Set<RequestMethod> methods, PathPattern path, HandlerMethod handler) {
        Access access = annotation(handler, Access.class);
        RateLimited limited = annotation(handler, RateLimited.class);
        boolean onlyReads = !methods.isEmpty() && READING.containsAll(methods);
        return new Endpoint(
                methods,
                path,
                handler,
                access == null ? null : access.value(),
                limited != null ? limited.value() : onlyReads ? RateLimitGroup.READ : RateLimitGroup.WRITE,
                handler.hasMethodAnnotation(CachedResponse.class),
                handler.hasMethodAnnotation(FastPath.class));
    }

    private static <A extends java.lang.annotation.Annotation> @Nullable A annotation(
            HandlerMethod handler, Class<A> type) {
        A ofMethod = handler.getMethodAnnotation(type);
        return ofMethod != null ? ofMethod : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), type);
    }

    /** Returns the declared rule, or {@link AccessRule#AUTHENTICATED} if none is declared. */
    public AccessRule access() {
        return declaredAccess == null ? AccessRule.AUTHENTICATED : declaredAccess;
    }

    boolean accepts(String method) {
        return methods.isEmpty()
                || methods.stream().anyMatch(allowed -> allowed.name().equals(method))
                || method.equals("HEAD") && methods.contains(RequestMethod.GET);
    }
}
