package kr.hhplus.commerce.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The access settings are unsafe or contradictory, so the server does not start. */
public final class AccessRefusedException extends RuntimeException {

    private final String action;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, in one line
     * @param action what the operator has to do
     */
    public AccessRefusedException(String message, String action) {
        super(message);
        this.action = action;
    }

    /** Reports it in one line, without a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<AccessRefusedException> {

        @Override
        protected FailureAnalysis analyze(Throwable failure, AccessRefusedException cause) {
            return new FailureAnalysis(cause.getMessage(), cause.action, cause);
        }
    }
}
