package kr.hhplus.commerce.payment;

/** The provider did not answer, or its answer does not say what happened. */
final class ProviderUnavailableException extends RuntimeException {

    ProviderUnavailableException(String message) {
        super(message);
    }

    ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
