package kr.hhplus.commerce.security;

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

    String action() {
        return action;
    }
}
