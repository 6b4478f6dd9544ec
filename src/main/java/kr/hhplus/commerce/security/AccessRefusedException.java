package kr.hhplus.commerce.security;

/** The settings would let in callers whom nobody checks, or check them badly: the server does not start. */
public final class AccessRefusedException extends RuntimeException {

    private final String action;

    /** @param message what is wrong, in one line; @param action what the operator can do about it */
    public AccessRefusedException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
