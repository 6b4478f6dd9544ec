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
import org.springframework.http.HttpHeaders;

/**
 * Receives the whole body before anything else happens to a request. No thread waits for bytes: the container calls
 * when they arrive. Too many are refused before they are read, as are compressed ones; too slow ones at the deadline.
 */
final class BodyBufferingFilter extends HttpFilter {

    private static final String IDENTITY = "identity";

    private final HttpProperties properties;

    BodyBufferingFilter(HttpProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        byte[] received = BodyReceiver.takeReceived(request);
        if (received != null) {
            handOver(request, response, chain, received);
        } else if (request.getDispatcherType() != DispatcherType.REQUEST || !hasBody(request)) {
            chain.doFilter(request, response);
        } else if (isEncoded(request)) {
            response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            BodyReceiver.over(request, response, properties).refuse(Refusal.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
        } else if (request.getContentLengthLong() > properties.bodyMax().toBytes()) {
            BodyReceiver.over(request, response, properties).refuse(Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE));
        } else {
            int length = request.getContentLength();
            byte[] body = new byte[Math.max(0, length)];
            int read = takeWhatIsThere(request.getInputStream(), body);
            if (read == length) {
                handOver(request, response, chain, body);
            } else {
                BodyReceiver.over(request, response, properties).begin(body, read);
            }
        }
    }

    static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** A compressed body is refused: read as it is, it would be malformed, and its true size is bounded by nothing. */
    private static boolean isEncoded(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.CONTENT_ENCODING) != null
                && !Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                        .flatMap(codings -> Stream.of(codings.split(",")))
                        .map(String::strip)
                        .allMatch(coding -> coding.isEmpty() || coding.equalsIgnoreCase(IDENTITY));
    }

    static int takeWhatIsThere(ServletInputStream in, byte[] body) throws IOException {
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

    private static void handOver(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, byte[] body)
            throws IOException, ServletException {
        BufferedRequest whole = new BufferedRequest(request, body);
        try {
            chain.doFilter(whole, response);
        } finally {
            whole.firstPassIsOver();
        }
    }
}
