package kr.hhplus.commerce.web.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import java.io.IOException;
import kr.hhplus.commerce.web.SecurityHeaders;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Responds with a problem document, instead of Tomcat's HTML page, to requests that Tomcat rejects before any filter.
 * The engine and the host have one each: rejected requests end at the engine.
 */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);
    private static final String HEAD_TOO_LARGE = "Request header is too large";

    /**
     * Handles a request that the connector rejected here, because an error dispatch would lose the response to TRACE.
     */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (response.isError()) {
            response.setSuspended(false);
            report(request, response, (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
        } else {
            super.invoke(request, response);
        }
    }

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            SecurityHeaders.putOn(request, response.getResponse());
            Problems.write(
                    request,
                    response.getResponse(),
                    ExceptionTranslator.refusalFor(status(request, response, failure)));
        } catch (IOException e) {
            log.debug("the client closed the connection", e);
        }
    }

    /**
     * Tomcat sets 400 for all malformed headers; only the exception's message identifies headers that are too large.
     */
    private static int status(Request request, Response response, Throwable failure) {
        boolean tooMany = failure instanceof IllegalStateException;
        boolean tooLong = failure instanceof IllegalArgumentException && HEAD_TOO_LARGE.equals(failure.getMessage());
        if (response.getStatus() != 400 || !tooMany && !tooLong) {
            return response.getStatus();
        }
        return request.getRequestURI() == null ? 414 : 431;
    }
}
