package kr.hhplus.commerce.security;

/**
 * All refresh tokens of a user were revoked. Published in the transaction that revokes them, so that listeners end the
 * user's other sessions in the same transaction.
 *
 * @param userId the user
 */
public record SessionsRevoked(long userId) {}
