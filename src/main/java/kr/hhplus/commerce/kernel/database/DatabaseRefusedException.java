package kr.hhplus.commerce.kernel.database;

/** The database, or the way to it, is configured against a promise of the service: the server does not start. */
final class DatabaseRefusedException extends RuntimeException {

    private final String action;
    private final boolean mayPass;

    DatabaseRefusedException(String message, String action) {
        this(message, action, false);
    }

    /** @param mayPass whether it may be otherwise in a moment, without a change of the configuration */
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
