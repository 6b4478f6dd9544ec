package kr.hhplus.commerce.auditlog;

/**
 * Somebody tried to sign in; published for whoever keeps a trail. Carries no secret.
 *
 * @param name as it was given: {@code user ann@shop.kr}, {@code service billing}
 * @param address where from
 * @param succeeded whether the secret was right
 */
public record SignInAttempted(String name, String address, boolean succeeded) {}
