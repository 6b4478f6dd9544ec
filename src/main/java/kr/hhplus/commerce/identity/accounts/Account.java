package kr.hhplus.commerce.identity.accounts;

import java.util.EnumSet;
import java.util.Set;
import kr.hhplus.commerce.shared.http.Caller.Role;

/**
 * A user who signs in here.
 *
 * @param password its hash
 * @param signUpKey the Idempotency-Key of the sign-up, or null
 */
record Account(long userId, String name, String password, boolean admin, String signUpKey) {

    Set<Role> roles() {
        return admin ? EnumSet.of(Role.USER, Role.ADMIN) : EnumSet.of(Role.USER);
    }

    @Override
    public String toString() {
        return "Account[" + userId + "]";
    }
}
