package kr.hhplus.commerce.identity;

/** The settings would let in callers whom nobody checks: the server does not start. */
final class AccessRefusedException extends RuntimeException {

    private final String action;

    AccessRefusedException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}
