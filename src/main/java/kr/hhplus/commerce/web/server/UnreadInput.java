package kr.hhplus.commerce.web.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/** Lets a request end without its unread bytes, which the container would otherwise wait for with a worker thread. */
final class UnreadInput extends ValveBase {

    private static final String ABANDON = UnreadInput.class.getName();

    UnreadInput() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        Runnable abandon = () -> request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        request.setAttribute(ABANDON, abandon);
        getNext().invoke(request, response);
    }

    static void abandon(ServletRequest request) {
        if (request.getAttribute(ABANDON) instanceof Runnable abandon) {
            abandon.run();
        }
    }
}
