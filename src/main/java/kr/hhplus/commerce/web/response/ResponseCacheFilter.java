package kr.hhplus.commerce.web.response;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.web.endpoint.CachedResponse;
import kr.hhplus.commerce.web.server.ResponseCache;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Caches the responses of handlers that are annotated with {@link CachedResponse}, and serves them without Spring MVC
 * until the time that the handler sets.
 */
public final class ResponseCacheFilter extends HttpFilter {

    private static final String UNTIL = ResponseCacheFilter.class.getName();

    private final ResponseCache responses;

    ResponseCacheFilter(ResponseCache responses) {
        this.responses = responses;
    }

    /**
     * Caches the response of the current request for other requests with the same URL. Called by a handler.
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
        if (request.getDispatcherType() != DispatcherType.REQUEST || !responses.mayServe(request)) {
            chain.doFilter(request, response);
            return;
        }
        byte[] cached = responses.find(request);
        if (cached == null) {
            handle(request, response, chain);
        } else {
            ServerHttpObservationFilter.findObservationContext(request)
                    .ifPresent(observation -> observation.setPathPattern(request.getServletPath()));
            write(response, cached);
        }
    }

    private static void write(HttpServletResponse response, byte[] body) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void handle(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ContentCachingResponseWrapper copy = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, copy);
        } finally {
            if (request.getAttribute(UNTIL) instanceof Long until && copy.getStatus() == HttpServletResponse.SC_OK) {
                responses.put(request, copy.getContentAsByteArray(), until);
            }
            copy.copyBodyToResponse();
        }
    }
}
