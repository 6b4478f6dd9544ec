package kr.hhplus.commerce.web.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.problem.Problems;

/**
 * Sends the responses that filters and handlers wrote before the chain returned, through the {@link ResponseWriter}.
 * Asynchronous code writes its responses to the container directly.
 */
final class ResponseFilter extends HttpFilter {

    private static final Set<String> HANDLER_HEADERS = Set.of(
            "location",
            "set-cookie",
            "etag",
            "last-modified",
            "accept-ranges",
            "content-range",
            "content-encoding",
            "content-disposition",
            "hx-redirect");

    private final ResponseWriter responses;

    ResponseFilter(ResponseWriter responses) {
        this.responses = responses;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // In an asynchronous dispatch, this response wraps the buffered response of the first pass, which nothing
        // sends any more.
        BufferedResponse.writeThrough(response);
        BufferedResponse buffered = new BufferedResponse(response);
        chain.doFilter(request, buffered);
        if (!request.isAsyncStarted() && !buffered.isDirect()) {
            send(request, response, buffered);
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response, BufferedResponse buffered)
            throws IOException {
        byte[] body = buffered.body();
        if (body.length > 0) {
            response.setContentLength(body.length);
        }
        if (responses.send(request, response, body)) {
            return;
        }
        if (onlyReads(request)) {
            resetKeepingFilterHeaders(buffered);
            Problems.write(request, buffered, Refusal.of(ErrorCode.OVERLOADED));
            response.setHeader("Connection", "close");
            body = buffered.body();
        }
        // Other methods may have committed a change, and 503 OVERLOADED would deny it.
        responses.sendNonBlocking(request, response, body);
    }

    private static boolean onlyReads(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** Keeps the headers that filters set on each response, such as the id of the request. */
    private static void resetKeepingFilterHeaders(HttpServletResponse response) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        response.getHeaderNames().stream()
                .filter(name -> !HANDLER_HEADERS.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> kept.put(name, List.copyOf(response.getHeaders(name))));
        response.reset();
        kept.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }
}
