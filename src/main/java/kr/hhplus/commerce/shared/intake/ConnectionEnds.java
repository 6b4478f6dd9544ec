package kr.hhplus.commerce.shared.intake;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Gives each request the means to end its connection before all has been read or written. */
final class ConnectionEnds extends ValveBase {

    ConnectionEnds() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        ConnectionEnd.putOn(request);
        getNext().invoke(request, response);
    }
}
