package kr.hhplus.commerce.security.accounts;

import java.util.EnumSet;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller.Role;

/**
 * An account of the shop.
 *
 * @param name the unique login name
 * @param passwordHash as {@code Passwords} writes it, with the prefix of its kind
 * @param signUpKey the Idempotency-Key of the sign-up, or null
 * @param generation of the credentials; it rises when all of them are revoked
 */
public record Account(long userId, String name, String passwordHash, boolean admin, String signUpKey, int generation) {

    public Set<Role> roles() {
        return roles(admin);
    }

    /** Returns the roles of a user. */
    public static Set<Role> roles(boolean admin) {
        return admin ? EnumSet.of(Role.USER, Role.ADMIN) : EnumSet.of(Role.USER);
    }

    /** After a password change, which revokes all credentials. */
    Account withPassword(String hash) {
        return new Account(userId, name, hash, admin, signUpKey, generation + 1);
    }

    /** With another hash of the same password. */
    Account withHash(String hash) {
        return new Account(userId, name, hash, admin, signUpKey, generation);
    }

    @Override
    public String toString() {
        return "Account[" + userId + "]";
    }
}
