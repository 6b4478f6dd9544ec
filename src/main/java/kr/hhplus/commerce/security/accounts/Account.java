package kr.hhplus.commerce.security.accounts;

import java.util.EnumSet;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller.Role;

/**
 * An account of the shop.
 *
 * @param name the unique login name
 * @param password the bcrypt hash
 * @param signUpKey the Idempotency-Key of the sign-up, or null
 */
public record Account(long userId, String name, String password, boolean admin, String signUpKey) {

    public Set<Role> roles() {
        return admin ? EnumSet.of(Role.USER, Role.ADMIN) : EnumSet.of(Role.USER);
    }

    Account withPassword(String hash) {
        return new Account(userId, name, hash, admin, signUpKey);
    }

    @Override
    public String toString() {
        return "Account[" + userId + "]";
    }
}
