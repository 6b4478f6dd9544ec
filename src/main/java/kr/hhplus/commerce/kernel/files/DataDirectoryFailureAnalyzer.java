package kr.hhplus.commerce.kernel.files;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports in one line, without a stack trace, why the data directory is not usable and what to do. */
final class DataDirectoryFailureAnalyzer extends AbstractFailureAnalyzer<DataDirectoryRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, DataDirectoryRefusedException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
