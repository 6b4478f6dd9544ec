package kr.hhplus.commerce.kernel.database;

/** The database or its configuration breaks a promise of the service, so the service does not start. */
final class DatabaseRefusedException extends RuntimeException {

    private final String action;
    private final boolean mayPass;

    DatabaseRefusedException(String message, String action) {
        this(message, action, false);
    }

    /**
     * Creates the exception.
     *
     * @param message what is wrong
     * @param action what the operator can do
     * @param mayPass whether a retry may succeed without a configuration change
     */
    DatabaseRefusedException(String message, String action, boolean mayPass) {
        super(message);
        this.action = action;
        this.mayPass = mayPass;
    }

    String action() {
        return action;
    }

    boolean mayPass() {
        return mayPass;
    }
}
