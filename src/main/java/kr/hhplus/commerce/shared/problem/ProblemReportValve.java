package kr.hhplus.commerce.shared.problem;

import java.io.IOException;
import kr.hhplus.commerce.shared.browser.SecurityHeaders;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces the servlet container's own error page, for requests that are refused before any filter sees them. */
public final class ProblemReportValve extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            SecurityHeaders.putOn(request, response.getResponse());
            Problems.write(request, response.getResponse(), Failures.refusalFor(response.getStatus()));
        } catch (IOException e) {
            log.debug("nobody to tell", e);
        }
    }
}
