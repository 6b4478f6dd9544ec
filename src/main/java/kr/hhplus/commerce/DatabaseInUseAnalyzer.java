package kr.hhplus.commerce;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one line that another process has the embedded database open, without a stack trace. */
final class DatabaseInUseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final int H2_DATABASE_ALREADY_OPEN = 90020;

    @Override
    protected FailureAnalysis analyze(Throwable failure, SQLException cause) {
        return cause.getErrorCode() == H2_DATABASE_ALREADY_OPEN
                ? new FailureAnalysis(
                        "The embedded database is open in another process.",
                        "Stop the other server, or give this one a directory of its own with commerce.data-dir.",
                        cause)
                : null;
    }
}
