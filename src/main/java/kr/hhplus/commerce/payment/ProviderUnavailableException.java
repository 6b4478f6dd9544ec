package kr.hhplus.commerce.payment;

/** The provider did not answer, or its answer does not say what happened. */
final class ProviderUnavailableException extends RuntimeException {

    private final boolean answered;

    ProviderUnavailableException(String message) {
        this(message, false);
    }

    /**
     * Creates an exception.
     *
     * @param answered see {@link #answered()}
     */
    ProviderUnavailableException(String message, boolean answered) {
        super(message);
        this.answered = answered;
    }

    ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
        this.answered = false;
    }

    /**
     * Whether the provider has answered the request that has effects, with an error. It repeats this answer under the
     * same idempotency key, so the next request needs a new one.
     */
    boolean answered() {
        return answered;
    }
}
