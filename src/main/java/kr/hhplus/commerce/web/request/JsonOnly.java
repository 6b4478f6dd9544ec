package kr.hhplus.commerce.web.request;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Requires that the client accepts JSON, before the handler runs: Spring would respond with 406 after it has run. Skips
 * handlers that declare the media types which they produce.
 */
final class JsonOnly implements HandlerInterceptor {

    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_JSON);
    private static final Set<MediaType> PRODUCED = Set.of(MediaType.APPLICATION_JSON);

    /** Cached, because reading annotations per request takes measurable processor time. */
    private final Map<Method, Boolean> readingJson = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeException {
        if (handler instanceof HandlerMethod method && request.getDispatcherType() != DispatcherType.ERROR) {
            if (request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) == null) {
                requireAcceptable(request);
                request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, PRODUCED);
            }
            if (readingJson.computeIfAbsent(method.getMethod(), unused -> readsJson(method))) {
                requireJson(request.getContentType());
            }
        }
        return true;
    }

    private static void requireAcceptable(HttpServletRequest request) throws HttpMediaTypeException {
        List<String> accepted = Collections.list(request.getHeaders("Accept"));
        try {
            boolean acceptable = accepted.stream().allMatch(String::isBlank)
                    || MediaType.parseMediaTypes(accepted).stream()
                            .anyMatch(type -> type.getQualityValue() > 0 && type.includes(MediaType.APPLICATION_JSON));
            if (!acceptable) {
                throw new HttpMediaTypeNotAcceptableException(JSON);
            }
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException(JSON);
        }
    }

    private static boolean readsJson(HandlerMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return mapping != null
                && mapping.consumes().length == 0
                && Arrays.stream(method.getMethodParameters())
                        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class)
                                || parameter.hasParameterAnnotation(JsonBody.class));
    }

    /** A body without a content type is refused when it is read. */
    private static void requireJson(String given) throws HttpMediaTypeException {
        try {
            if (given != null && !MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(given))) {
                throw new HttpMediaTypeNotSupportedException(MediaType.parseMediaType(given), JSON);
            }
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotSupportedException((MediaType) null, JSON);
        }
    }
}
