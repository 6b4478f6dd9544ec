package kr.hhplus.commerce.security;

/**
 * All credentials of a user were revoked. Published in the transaction that revokes them, so that listeners delete the
 * user's sessions and grants in the same transaction.
 *
 * @param userId the user
 */
public record CredentialsRevoked(long userId) {}
