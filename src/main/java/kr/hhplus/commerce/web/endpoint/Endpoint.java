package kr.hhplus.commerce.web.endpoint;

import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestHeader;
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
        boolean fastPath = handler.hasMethodAnnotation(FastPath.class);
        if (fastPath) {
            requireFastPathSignature(handler);
        }
        boolean onlyReads = !methods.isEmpty() && READING.containsAll(methods);
        return new Endpoint(
                methods,
                path,
                handler,
                access == null ? null : access.value(),
                limited != null ? limited.value() : onlyReads ? RateLimitGroup.READ : RateLimitGroup.WRITE,
                handler.hasMethodAnnotation(CachedResponse.class),
                fastPath);
    }

    private static void requireFastPathSignature(HandlerMethod handler) {
        ResolvableType returned = ResolvableType.forMethodParameter(handler.getReturnType());
        if (returned.resolve() != CompletableFuture.class
                || returned.getGeneric(0).resolve() != ResponseEntity.class) {
            throw new IllegalStateException(
                    "a handler on the fast path must return CompletableFuture<ResponseEntity<...>>: " + handler);
        }
        for (MethodParameter parameter : handler.getMethodParameters()) {
            for (Annotation annotation : parameter.getParameterAnnotations()) {
                boolean ofSpring = annotation.annotationType().getPackage() == RequestHeader.class.getPackage();
                if (ofSpring && !(annotation instanceof RequestHeader)) {
                    throw new IllegalStateException("the fast path cannot resolve " + annotation + " of " + handler);
                }
            }
        }
    }

    private static <A extends Annotation> @Nullable A annotation(HandlerMethod handler, Class<A> type) {
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
