package kr.hhplus.commerce.auditlog;

/**
 * An attempt to sign in, or a wrong password of a user who is signed in, published for the audit log. Carries no
 * secret.
 *
 * @param name {@code user ann@shop.kr}, in lower case, or {@code user } alone if the login name that the client sent is
 *     invalid; {@code service billing}, as the client sent it
 * @param address of the client
 * @param succeeded whether the secret was right
 */
public record SignInAttempted(Kind kind, String name, String address, boolean succeeded) {

    /** Who attempts: a user with a password, or an OAuth client with its secret. */
    public enum Kind {
        USER,
        CLIENT
    }
}
