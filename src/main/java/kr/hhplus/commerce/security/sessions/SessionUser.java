package kr.hhplus.commerce.security.sessions;

import java.io.Serializable;
import java.security.Principal;
import java.util.List;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.tokens.CallerPrincipal;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * A signed-in user, as the session stores it. The name is the user's number, so that Spring Session finds the sessions
 * of a user by it.
 *
 * @param generation of the account at sign-in; a session of an earlier generation has ended
 */
record SessionUser(long userId, List<Caller.Role> roles, int generation)
        implements Principal, CallerPrincipal, Serializable {

    static Authentication authentication(Account account) {
        List<Caller.Role> roles = List.copyOf(account.roles());
        return UsernamePasswordAuthenticationToken.authenticated(
                new SessionUser(account.userId(), roles, account.generation()),
                null,
                AuthorityUtils.createAuthorityList(
                        roles.stream().map(role -> "ROLE_" + role).toList()));
    }

    @Override
    public String getName() {
        return String.valueOf(userId);
    }

    @Override
    public Caller caller() {
        return Caller.user(userId, java.util.Set.copyOf(roles));
    }
}
