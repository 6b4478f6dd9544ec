package kr.hhplus.commerce;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** Says in one line why there is no database to work with, without a stack trace. */
final class NoDatabaseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    private static final int H2_DATABASE_ALREADY_OPEN = 90020;
    private static final Set<Integer> H2_UNREADABLE = Set.of(90030, 90048);
    private static final int MYSQL_UNKNOWN_DATABASE = 1049;
    private static final int MYSQL_DATABASE_DENIED = 1044;
    private static final String CONNECTION_FAILURES = "08";
    private static final String INVALID_AUTHORIZATION = "28";

    private final Environment settings;

    NoDatabaseAnalyzer(Environment settings) {
        this.settings = settings;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, SQLException cause) {
        SQLException first = driversOwn(cause);
        String state = String.valueOf(first.getSQLState());
        if (first.getErrorCode() == H2_DATABASE_ALREADY_OPEN) {
            return new FailureAnalysis(
                    "The embedded database is open in another process.",
                    "Stop the other server, or give this one a directory of its own with commerce.data-dir.",
                    cause);
        }
        if (NestedExceptionUtils.getMostSpecificCause(first) instanceof IOException io
                && address().contains("h2:")) {
            return new FailureAnalysis(
                    "The embedded database at " + address() + " cannot be read or written: " + io.getMessage() + ".",
                    "See that its disk has space and that the server's user may write there.",
                    cause);
        }
        if (H2_UNREADABLE.contains(first.getErrorCode())) {
            return new FailureAnalysis(
                    "The embedded database at " + address() + " cannot be opened: its file is damaged, or of another"
                            + " version of H2.",
                    "Move the file away to begin with an empty database, or put a backup in its place.",
                    cause);
        }
        if (state.startsWith(CONNECTION_FAILURES)) {
            return new FailureAnalysis(
                    "No database answers at " + address() + ".",
                    "See that it runs, and that spring.datasource.url leads to it.",
                    cause);
        }
        if (first.getErrorCode() == MYSQL_UNKNOWN_DATABASE || first.getErrorCode() == MYSQL_DATABASE_DENIED) {
            return new FailureAnalysis(
                    "There is no database at " + address() + " for this user.",
                    "Create it (CREATE DATABASE), and grant the user all rights on it.",
                    cause);
        }
        return state.startsWith(INVALID_AUTHORIZATION)
                ? new FailureAnalysis(
                        "The database at " + address() + " does not let this user in.",
                        "Correct spring.datasource.username and spring.datasource.password.",
                        cause)
                : null;
    }

    /** What the pool reports carries no code of the driver's. */
    private static SQLException driversOwn(SQLException failure) {
        SQLException first = failure;
        while (first.getErrorCode() == 0 && first.getCause() instanceof SQLException cause) {
            first = cause;
        }
        return first;
    }

    /** Without the options, among which there may be a password, and without a user. */
    private String address() {
        return settings.getProperty("spring.datasource.url", "")
                .replaceFirst("[?;].*", "")
                .replaceFirst("//[^/@]*@", "//");
    }
}
