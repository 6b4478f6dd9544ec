package kr.hhplus.commerce.web.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.problem.Problems;

/** Rejects requests whose body has not been read. No thread waits for the rest of the body. */
public final class RequestRejecter {

    private final HttpProperties properties;

    RequestRejecter(HttpProperties properties) {
        this.properties = properties;
    }

    /** Returns whether the headers announce a body. */
    public static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /**
     * Responds with the refusal at once. The connection stays open if the whole request has arrived; otherwise it is
     * closed.
     */
    public void reject(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        if (!hasBody(request) || hasArrived(request)) {
            Problems.write(request, response, refusal);
        } else {
            BodyReceiver.startAsync(request, response, properties).reject(refusal);
        }
    }

    private boolean hasArrived(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > properties.bodyMax().toBytes()) {
            return false;
        }
        byte[] discarded = new byte[(int) length];
        return BodyBufferingFilter.readAvailable(request.getInputStream(), discarded) == length;
    }
}
