package kr.hhplus.commerce.security;

/**
 * All sign-ins of a user have ended, wherever they were begun; published in the transaction that ends them, so that
 * whoever keeps more of them ends those in it, too.
 *
 * @param userId whose
 */
public record SessionsRevoked(long userId) {}
