package kr.hhplus.commerce.auditlog;

/**
 * An attempt to sign in, published for the audit log. Carries no secret.
 *
 * @param name as the client sent it: {@code user ann@shop.kr}, {@code service billing}
 * @param address of the client
 * @param succeeded whether the secret was right
 */
public record SignInAttempted(String name, String address, boolean succeeded) {}
