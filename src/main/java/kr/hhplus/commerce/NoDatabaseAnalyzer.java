package kr.hhplus.commerce;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;

/** Reports in one line, without a stack trace, why the database cannot be used. */
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
        SQLException first = driverException(cause);
        String state = String.valueOf(first.getSQLState());
        if (first.getErrorCode() == H2_DATABASE_ALREADY_OPEN) {
            return new FailureAnalysis(
                    "The embedded database is open in another process.",
                    "Stop the other server, or set commerce.data-dir to another directory.",
                    cause);
        }
        if (NestedExceptionUtils.getMostSpecificCause(first) instanceof IOException io
                && address().contains("h2:")) {
            return new FailureAnalysis(
                    "The embedded database at " + address() + " cannot be read or written: " + io.getMessage() + ".",
                    "Make sure that the disk has space and that the server's user may write there.",
                    cause);
        }
        if (H2_UNREADABLE.contains(first.getErrorCode())) {
            return new FailureAnalysis(
                    "The embedded database at " + address() + " cannot be opened: its file is damaged or was written by"
                            + " another version of H2.",
                    "Move the file away to start with an empty database, or restore a backup.",
                    cause);
        }
        if (state.startsWith(CONNECTION_FAILURES)) {
            return new FailureAnalysis(
                    "The database at " + address() + " does not respond.",
                    "Make sure that it runs and that spring.datasource.url is correct.",
                    cause);
        }
        if (first.getErrorCode() == MYSQL_UNKNOWN_DATABASE || first.getErrorCode() == MYSQL_DATABASE_DENIED) {
            return new FailureAnalysis(
                    "There is no database at " + address() + " for this user.",
                    "Create it (CREATE DATABASE), and grant the user all privileges on it.",
                    cause);
        }
        return state.startsWith(INVALID_AUTHORIZATION)
                ? new FailureAnalysis(
                        "The database at " + address() + " refuses the user name or password.",
                        "Correct spring.datasource.username and spring.datasource.password.",
                        cause)
                : null;
    }

    /** The pool wraps the driver's exception in one without an error code. */
    private static SQLException driverException(SQLException failure) {
        SQLException first = failure;
        while (first.getErrorCode() == 0 && first.getCause() instanceof SQLException cause) {
            first = cause;
        }
        return first;
    }

    /** The URL without options, which may contain a password, and without the user. */
    private String address() {
        return settings.getProperty("spring.datasource.url", "")
                .replaceFirst("[?;].*", "")
                .replaceFirst("//[^/@]*@", "//");
    }
}
