package kr.hhplus.commerce.web.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.web.problem.Problems;

/**
 * Rejects different lines of a header that has one value with 400 INVALID_REQUEST; equal lines count once. Frameworks
 * join such lines with commas or take the first one, which would change an idempotency key.
 */
final class RepeatedHeaderFilter extends HttpFilter {

    /**
     * {@code Host} and {@code Content-Length} are missing because the container rejects them if repeated (RFC 9112).
     * {@code X-Request-Id} is missing because only logs use it, and proxies add a line.
     */
    private static final List<String> SINGLE = List.of(
            "Idempotency-Key",
            "Authorization",
            "Content-Type",
            "Origin",
            "X-CSRF-Token",
            "HX-Request",
            "Last-Event-ID",
            "Access-Control-Request-Method",
            "Range",
            "If-Range",
            "If-Modified-Since",
            "If-Unmodified-Since");

    /** Set by a trusted proxy. {@code X-Forwarded-For} may repeat, because it is a list. */
    private static final List<String> FORWARDED =
            List.of("X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix");

    private final List<String> single;

    /**
     * @param forwarded whether the server reads the forwarded headers of proxies
     */
    RepeatedHeaderFilter(boolean forwarded) {
        single = forwarded ? Stream.concat(SINGLE.stream(), FORWARDED.stream()).toList() : SINGLE;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Set<String> repeated = null;
        for (String name : single) {
            Enumeration<String> values = request.getHeaders(name);
            String first = values.hasMoreElements() ? values.nextElement() : null;
            while (values.hasMoreElements()) {
                if (!values.nextElement().equals(first)) {
                    Problems.write(request, response, InvalidRequest.at("/headers/" + name, "once"));
                    return;
                }
                repeated = repeated == null ? new TreeSet<>(String.CASE_INSENSITIVE_ORDER) : repeated;
                repeated.add(name);
            }
        }
        chain.doFilter(repeated == null ? request : new Unified(request, repeated), response);
    }

    private static final class Unified extends HttpServletRequestWrapper {

        private final Set<String> repeated;

        Unified(HttpServletRequest request, Set<String> repeated) {
            super(request);
            this.repeated = repeated;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return repeated.contains(name) ? Collections.enumeration(List.of(getHeader(name))) : super.getHeaders(name);
        }
    }
}
