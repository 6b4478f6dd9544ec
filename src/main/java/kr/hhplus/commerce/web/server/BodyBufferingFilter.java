package kr.hhplus.commerce.web.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.CallerCredentials;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import org.springframework.http.HttpHeaders;

/**
 * Reads the whole body into memory before the request continues. No thread waits for bytes: {@link BodyReceiver}
 * receives those that have not arrived. Rejects bodies that are too large, compressed, or too slow. A request that may
 * block then continues within the {@link BlockingRequestLimit}.
 */
final class BodyBufferingFilter extends HttpFilter {

    private static final String IDENTITY = "identity";
    private static final byte[] NO_BODY = {};
    private static final String PERSONAL_TOKEN = "Bearer " + CallerCredentials.PERSONAL_TOKEN_PREFIX;

    private final HttpProperties properties;

    private final Endpoints endpoints;
    private final ResponseCache cachedResponses;
    private final BlockingRequestLimit blockingRequests;
    private final String actuatorPath;

    /** @param actuatorPath the base path of Actuator, with a slash at the end */
    BodyBufferingFilter(
            HttpProperties properties,
            Endpoints endpoints,
            ResponseCache cachedResponses,
            BlockingRequestLimit blockingRequests,
            String actuatorPath) {
        this.properties = properties;
        this.actuatorPath = actuatorPath;
        this.endpoints = endpoints;
        this.cachedResponses = cachedResponses;
        this.blockingRequests = blockingRequests;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        byte[] received = StoredBody.take(request);
        if (received != null) {
            proceed(request, response, chain, received);
        } else if (request.getDispatcherType() != DispatcherType.REQUEST) {
            chain.doFilter(request, response);
        } else if (!RequestRejecter.hasBody(request)) {
            proceed(request, response, chain, NO_BODY);
        } else if (isEncoded(request)) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            BodyReceiver.startAsync(request, response, properties).reject(Refusal.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
        } else if (request.getContentLengthLong() > properties.bodyMax().toBytes()) {
            BodyReceiver.startAsync(request, response, properties).reject(Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE));
        } else {
            int length = request.getContentLength();
            byte[] body = new byte[Math.max(0, length)];
            int read = readAvailable(request.getInputStream(), body);
            if (read == length) {
                proceed(request, response, chain, body);
            } else {
                BodyReceiver.startAsync(request, response, properties).receive(body, read);
            }
        }
    }

    /** A compressed body is rejected: its uncompressed size has no bound. */
    private static boolean isEncoded(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.CONTENT_ENCODING) != null
                && !Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                        .flatMap(codings -> Stream.of(codings.split(",")))
                        .map(String::strip)
                        .allMatch(coding -> coding.isEmpty() || coding.equalsIgnoreCase(IDENTITY));
    }

    static int readAvailable(ServletInputStream in, byte[] body) throws IOException {
        int read = 0;
        while (read < body.length && in.available() > 0) {
            int n = in.read(body, read, body.length - read);
            if (n < 0) {
                break;
            }
            read += n;
        }
        return read;
    }

    private void proceed(HttpServletRequest request, HttpServletResponse response, FilterChain chain, byte[] body)
            throws IOException, ServletException {
        // An admitted request has a place to leave, even if its response has been cached in the meantime.
        if (!BlockingRequestLimit.isAdmitted(request) && !mayBlock(request)) {
            handle(request, response, chain, body);
        } else if (blockingRequests.enter(request, response, body)) {
            try {
                handle(request, response, chain, body);
            } finally {
                blockingRequests.leave();
            }
        }
    }

    /**
     * Handlers of the fast path do not wait for a batch. They query only to look up an idempotency key while an item is
     * sold out, and few of these queries run at a time. A cached response needs no handler. A cookie may name a
     * session, and a personal access token is looked up: both are read from the database. Actuator must respond to
     * probes while other requests block.
     *
     * <p>Of the filters after this one, two may block without being counted: authentication by an issuer, which fetches
     * its keys once in a while and queries the database for the number of a subject that this instance has not seen,
     * and the rate limit of a user, which asks Redis if limits are shared.
     */
    private boolean mayBlock(HttpServletRequest request) {
        Endpoint endpoint = endpoints.find(request);
        if (endpoint == null) {
            return !request.getServletPath().startsWith(actuatorPath);
        }
        boolean handlerBlocks = !endpoint.fastPath() && cachedResponses.find(request) == null;
        return handlerBlocks || request.getHeader(HttpHeaders.COOKIE) != null || hasPersonalToken(request);
    }

    private static boolean hasPersonalToken(HttpServletRequest request) {
        String credentials = request.getHeader(HttpHeaders.AUTHORIZATION);
        return credentials != null && credentials.regionMatches(true, 0, PERSONAL_TOKEN, 0, PERSONAL_TOKEN.length());
    }

    private static void handle(HttpServletRequest request, HttpServletResponse response, FilterChain chain, byte[] body)
            throws IOException, ServletException {
        if (body == NO_BODY && request.getDispatcherType() == DispatcherType.REQUEST) {
            chain.doFilter(request, response);
            return;
        }
        BufferedRequest buffered = new BufferedRequest(request, body);
        try {
            chain.doFilter(buffered, response);
        } finally {
            buffered.endFirstPass();
        }
    }
}
