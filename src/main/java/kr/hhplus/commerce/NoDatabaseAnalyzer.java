package kr.hhplus.commerce;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says in one line why there is no database to work with, without a stack trace. */
final class NoDatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final int H2_DATABASE_ALREADY_OPEN = 90020;
    private static final String CONNECTION_FAILURES = "08";
    private static final String INVALID_AUTHORIZATION = "28";

    private final Environment settings;

    NoDatabaseAnalyzer(Environment settings) {
        this.settings = settings;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, SQLException cause) {
        String state = String.valueOf(cause.getSQLState());
        if (cause.getErrorCode() == H2_DATABASE_ALREADY_OPEN) {
            return new FailureAnalysis(
                    "The embedded database is open in another process.",
                    "Stop the other server, or give this one a directory of its own with commerce.data-dir.",
                    cause);
        }
        if (state.startsWith(CONNECTION_FAILURES)) {
            return new FailureAnalysis(
                    "No database answers at " + address() + ".",
                    "See that it runs, and that spring.datasource.url leads to it.",
                    cause);
        }
        return state.startsWith(INVALID_AUTHORIZATION)
                ? new FailureAnalysis(
                        "The database at " + address() + " does not let this user in.",
                        "Correct spring.datasource.username and spring.datasource.password.",
                        cause)
                : null;
    }

    /** Without the options, among which there may be a password. */
    private String address() {
        return settings.getProperty("spring.datasource.url", "").replaceFirst("[?;].*", "");
    }
}
