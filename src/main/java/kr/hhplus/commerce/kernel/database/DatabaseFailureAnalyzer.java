package kr.hhplus.commerce.kernel.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports in one line, without a stack trace, why the database prevents the start. */
final class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<DatabaseRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, DatabaseRefusedException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
