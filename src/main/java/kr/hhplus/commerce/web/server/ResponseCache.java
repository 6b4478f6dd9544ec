package kr.hhplus.commerce.web.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** The bodies of responses that depend only on the URL, by path and query. */
public final class ResponseCache {

    private static final String ATTRIBUTE = ResponseCache.class.getName();
    private static final int RESPONSES_MAX = 256;
    private static final int QUERY_LENGTH_MAX = 256;

    private final Predicate<HttpServletRequest> cacheable;
    private final Cache<String, CachedBody> responses = Caffeine.newBuilder()
            .maximumSize(RESPONSES_MAX)
            .executor(Runnable::run)
            .recordStats()
            .build();

    private record CachedBody(byte[] body, long untilNanos) {}

    /**
     * Creates an empty cache.
     *
     * @param cacheable whether the handler of a request allows that its response is cached
     */
    public ResponseCache(Predicate<HttpServletRequest> cacheable) {
        this.cacheable = cacheable;
    }

    /** The entries, for their metrics. */
    public Cache<?, ?> entries() {
        return responses;
    }

    /**
     * Returns whether the response to the request may come from the cache: its handler allows it, and the request has
     * nothing besides its URL that could change the response.
     */
    public boolean mayServe(HttpServletRequest request) {
        return isPlain(request) && cacheable.test(request);
    }

    /**
     * Returns the cached body for a request. A body that was found once is found again for the same request, also after
     * it has expired: a filter decides by the first call, and another one responds.
     *
     * @return null if the response is not cached
     */
    public byte @Nullable [] find(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof byte[] found) {
            return found;
        }
        if (!mayServe(request)) {
            return null;
        }
        CachedBody cached = responses.getIfPresent(url(request));
        if (cached == null || System.nanoTime() - cached.untilNanos() >= 0) {
            return null;
        }
        request.setAttribute(ATTRIBUTE, cached.body());
        return cached.body();
    }

    /**
     * Adds a response, unless the cache has a later one: a slower request may return an older response.
     *
     * @param untilNanos the end of its validity, by {@link System#nanoTime()}
     */
    public void put(HttpServletRequest request, byte[] body, long untilNanos) {
        responses
                .asMap()
                .merge(
                        url(request),
                        new CachedBody(body, untilNanos),
                        (a, b) -> a.untilNanos() - b.untilNanos() > 0 ? a : b);
    }

    private static String url(HttpServletRequest request) {
        return request.getServletPath() + '?' + request.getQueryString();
    }

    private static boolean isPlain(HttpServletRequest request) {
        String query = request.getQueryString();
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET")
                && request.getRequestURI().equals(request.getServletPath())
                && (query == null || query.length() <= QUERY_LENGTH_MAX)
                && (accept == null || accept.equals("*/*") || accept.equals(MediaType.APPLICATION_JSON_VALUE))
                && request.getHeader(HttpHeaders.CONTENT_LENGTH) == null
                && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }
}
