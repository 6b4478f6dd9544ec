package kr.hhplus.commerce.web.response;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.filter.ServerHttpObservationFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Lists that everybody looks at are the same for a moment: who asks for the very same address in it gets
 * the bytes of the first answer, past Spring MVC. Which answers, and for how long, their handlers say.
 */
public final class ResponseCacheFilter extends HttpFilter {

    private static final String UNTIL = ResponseCacheFilter.class.getName();
    private static final int KEPT_MAX = 256;
    private static final int QUERY_LENGTH_MAX = 256;

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(byte[] body, long untilNanos) {}

    ResponseCacheFilter() {}

    /**
     * Says, in a handler, that its answer is good for everybody who asks for the same.
     *
     * @param nanos until then, by {@link System#nanoTime()}
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
        if (!isPlain(request)) {
            chain.doFilter(request, response);
            return;
        }
        String address = request.getServletPath() + '?' + request.getQueryString();
        Kept answer = kept.get(address);
        if (answer != null && System.nanoTime() - answer.untilNanos() < 0) {
            ServerHttpObservationFilter.findObservationContext(request)
                    .ifPresent(seen -> seen.setPathPattern(request.getServletPath()));
            write(response, answer.body());
        } else {
            prepare(address, request, response, chain);
        }
    }

    /** Whether nothing but the address decides what the answer is. */
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

    private void prepare(String address, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ContentCachingResponseWrapper copy = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, copy);
        } finally {
            if (request.getAttribute(UNTIL) instanceof Long until && copy.getStatus() == HttpServletResponse.SC_OK) {
                keep(address, new Kept(copy.getContentAsByteArray(), until));
            }
            copy.copyBodyToResponse();
        }
    }

    private void keep(String address, Kept answer) {
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        // Whoever was slower may bring an older one.
        kept.merge(address, answer, (a, b) -> a.untilNanos() - b.untilNanos() > 0 ? a : b);
    }
}
