package kr.hhplus.commerce.kernel.files;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one line why the data directory cannot be used, and how to change that, without a stack trace. */
final class DataDirectoryFailureAnalyzer extends AbstractFailureAnalyzer<DataDirectoryRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, DataDirectoryRefusedException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
