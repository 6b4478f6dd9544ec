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

/** Hands what handlers answer to the {@link ResponseWriter}. */
final class ResponseFilter extends HttpFilter {

    private static final Set<String> OF_ONE_ANSWER = Set.of(
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
        // In an asynchronous dispatch the first pass' response is below this one's.
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
            resetButForTheRequest(buffered);
            Problems.write(request, buffered, Refusal.of(ErrorCode.OVERLOADED));
            response.setHeader("Connection", "close");
            body = buffered.body();
        }
        // What another method has done is done, and its answer says so.
        responses.sendLater(request, response, body);
    }

    private static boolean onlyReads(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** Keeps what filters say with each answer, as the request's id. */
    private static void resetButForTheRequest(HttpServletResponse response) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        response.getHeaderNames().stream()
                .filter(name -> !OF_ONE_ANSWER.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(name -> kept.put(name, List.copyOf(response.getHeaders(name))));
        response.reset();
        kept.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    }
}
