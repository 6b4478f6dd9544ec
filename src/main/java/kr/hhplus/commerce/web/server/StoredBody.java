package kr.hhplus.commerce.web.server;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The received body of a request that will be dispatched again, stored in the request. */
final class StoredBody {

    private static final String ATTRIBUTE = StoredBody.class.getName();

    private StoredBody() {}

    static void put(HttpServletRequest request, byte[] body) {
        request.setAttribute(ATTRIBUTE, body);
    }

    /**
     * Returns the body and removes it from the request.
     *
     * @return null if none was stored, or it was taken before
     */
    static byte @Nullable [] take(HttpServletRequest request) {
        byte[] body = (byte[]) request.getAttribute(ATTRIBUTE);
        request.removeAttribute(ATTRIBUTE);
        return body;
    }
}
