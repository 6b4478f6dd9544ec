package kr.hhplus.commerce.auditlog;

/**
 * A change of an account or the end of its sessions, published for the audit log. Carries no secret.
 *
 * @param name of the account, as {@code user ann@shop.kr}
 * @param userId of the account
 * @param address of the client
 */
public record AccountEvent(Kind kind, String name, long userId, String address) {

    /** The kinds of account events. */
    public enum Kind {
        SIGNED_UP,
        SIGNED_OUT,
        SIGNED_OUT_EVERYWHERE,
        PASSWORD_CHANGED
    }
}
