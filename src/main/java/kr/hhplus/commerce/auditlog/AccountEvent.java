package kr.hhplus.commerce.auditlog;

/**
 * Somebody did something to an account; published for whoever keeps a trail. Carries no secret.
 *
 * @param name whose account it is: {@code user ann@shop.kr}
 * @param userId the account's number
 * @param address where from
 */
public record AccountEvent(Kind kind, String name, long userId, String address) {

    /** What was done. */
    public enum Kind {
        SIGNED_UP,
        SIGNED_OUT,
        SIGNED_OUT_EVERYWHERE,
        PASSWORD_CHANGED
    }
}
