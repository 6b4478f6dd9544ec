package kr.hhplus.commerce.web.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import kr.hhplus.commerce.web.SecurityHeaders;
import kr.hhplus.commerce.web.problem.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The outermost filter, which does what every request needs. It assigns the request's id and puts it into the log
 * context and the response; it sets the security headers, and during a shutdown {@code Connection: close}; and it turns
 * exceptions that no other filter handled into problem documents.
 */
public final class RequestIdFilter extends HttpFilter {

    static final String HEADER = "X-Request-Id";
    static final String MDC_KEY = "requestId";

    private static final Logger log = LoggerFactory.getLogger(RequestIdFilter.class);
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String ATTRIBUTE = RequestIdFilter.class.getName();

    private final ShutdownDelay shutdown;

    RequestIdFilter(ShutdownDelay shutdown) {
        this.shutdown = shutdown;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String outerId = MDC.get(MDC_KEY);
        MDC.put(MDC_KEY, id(request, response));
        try {
            chain.doFilter(request, response);
            log.debug("{} {} {}", request.getMethod(), request.getRequestURI(), response.getStatus());
        } catch (IOException | ServletException | RuntimeException failure) {
            if (!Problems.write(request, response, failure)) {
                throw failure;
            }
        } finally {
            if (outerId == null) {
                MDC.remove(MDC_KEY);
            } else {
                MDC.put(MDC_KEY, outerId);
            }
        }
    }

    private String id(HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(ATTRIBUTE) instanceof String assigned) {
            return assigned;
        }
        String given = request.getHeader(HEADER);
        String id = given != null && ACCEPTED.matcher(given).matches()
                ? given
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        request.setAttribute(ATTRIBUTE, id);
        response.setHeader(HEADER, id);
        SecurityHeaders.putOn(request, response);
        if (shutdown.isStopping()) {
            response.setHeader("Connection", "close");
        }
        return id;
    }
}
