package kr.hhplus.commerce.shared.intake;

import jakarta.servlet.ServletRequest;
import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;

/** How a request's connection can end otherwise than in peace; put on each request by {@link ConnectionEnds}. */
public final class ConnectionEnd {

    private static final String ATTRIBUTE = ConnectionEnd.class.getName();

    private final Request request;

    private ConnectionEnd(Request request) {
        this.request = request;
    }

    static void putOn(Request request) {
        request.setAttribute(ATTRIBUTE, new ConnectionEnd(request));
    }

    /** For a request that is not over yet. */
    public static ConnectionEnd of(ServletRequest request) {
        return (ConnectionEnd) request.getAttribute(ATTRIBUTE);
    }

    /** The request ends without its unread bytes, which the container would otherwise wait for with a thread. */
    void abandonInput() {
        request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    /** The connection ends now, whatever was still to be sent: the container would otherwise wait for its client. */
    public void cut() {
        request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
    }
}
