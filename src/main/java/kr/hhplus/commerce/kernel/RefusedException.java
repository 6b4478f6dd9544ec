package kr.hhplus.commerce.kernel;

/**
 * Carries a refusal from a controller or filter to the handler that writes problem documents. It has no stack trace.
 */
public final class RefusedException extends RuntimeException {

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.code().name(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
