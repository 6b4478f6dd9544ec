package kr.hhplus.commerce.security.tokens;

/** Tells whether credentials were revoked before they expired. Called for each request, so it reads memory only. */
public interface Revocations {

    /**
     * Returns whether all credentials of that generation were revoked.
     *
     * @param userId of the account
     * @param generation of the account when the credentials were issued
     */
    boolean areRevoked(long userId, int generation);
}
