package kr.hhplus.commerce.web.response;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;
import kr.hhplus.commerce.web.endpoint.CachedResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Caches the responses of handlers that are annotated with {@link CachedResponse}, by address, and serves them without
 * Spring MVC until the time that the handler sets.
 */
public final class ResponseCacheFilter extends HttpFilter {

    private static final String UNTIL = ResponseCacheFilter.class.getName();
    private static final int RESPONSES_MAX = 256;
    private static final int QUERY_LENGTH_MAX = 256;

    private final Predicate<HttpServletRequest> isCached;
    private final Cache<String, CachedBody> responses = Caffeine.newBuilder()
            .maximumSize(RESPONSES_MAX)
            .executor(Runnable::run)
            .recordStats()
            .build();

    private record CachedBody(byte[] body, long untilNanos) {}

    /**
     * Creates a filter.
     *
     * @param isCached whether the handler of a request is annotated with {@link CachedResponse}
     */
    ResponseCacheFilter(Predicate<HttpServletRequest> isCached) {
        this.isCached = isCached;
    }

    /** The cache, for its metrics. */
    Cache<?, ?> cache() {
        return responses;
    }

    /**
     * Caches the response of the current request for other requests for the same address. Called by a handler.
     *
     * @param nanos the end of its validity, by {@link System#nanoTime()}
     */
    public static void keepUntil(long nanos) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(UNTIL, nanos, RequestAttributes.SCOPE_REQUEST);
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() != DispatcherType.REQUEST || !isPlain(request) || !isCached.test(request)) {
            chain.doFilter(request, response);
            return;
        }
        String address = request.getServletPath() + '?' + request.getQueryString();
        CachedBody cached = responses.getIfPresent(address);
        if (cached != null && System.nanoTime() - cached.untilNanos() < 0) {
            ServerHttpObservationFilter.findObservationContext(request)
                    .ifPresent(observation -> observation.setPathPattern(request.getServletPath()));
            write(response, cached.body());
        } else {
            handle(address, request, response, chain);
        }
    }

    /** Returns whether the response depends only on the address. */
    private static boolean isPlain(HttpServletRequest request) {
        String query = request.getQueryString();
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET")
                && request.getRequestURI().equals(request.getServletPath())
                && (query == null || query.length() <= QUERY_LENGTH_MAX)
                && (accept == null || accept.equals("*/*") || accept.equals(MediaType.APPLICATION_JSON_VALUE))
                && request.getHeader("Content-Length") == null
                && request.getHeader("Transfer-Encoding") == null;
    }

    private static void write(HttpServletResponse response, byte[] body) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void handle(String address, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ContentCachingResponseWrapper copy = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, copy);
        } finally {
            if (request.getAttribute(UNTIL) instanceof Long until && copy.getStatus() == HttpServletResponse.SC_OK) {
                // A slower request may return an older response.
                responses
                        .asMap()
                        .merge(
                                address,
                                new CachedBody(copy.getContentAsByteArray(), until),
                                (a, b) -> a.untilNanos() - b.untilNanos() > 0 ? a : b);
            }
            copy.copyBodyToResponse();
        }
    }
}
