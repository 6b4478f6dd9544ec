package kr.hhplus.commerce.security.accounts;

import java.util.EnumSet;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller.Role;

/**
 * A user who signs in here, with a name that is theirs alone, and a number as all users have one.
 *
 * @param password its hash
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
