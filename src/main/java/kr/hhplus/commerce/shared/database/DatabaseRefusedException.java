package kr.hhplus.commerce.shared.database;

/** The database, or the way to it, is configured against a promise of the service: the server does not start. */
final class DatabaseRefusedException extends RuntimeException {

    private final String action;

    DatabaseRefusedException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
