package kr.hhplus.commerce.kernel.files;

/** The data directory is not usable, so the service does not start. */
final class DataDirectoryRefusedException extends RuntimeException {

    private final String action;

    DataDirectoryRefusedException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
