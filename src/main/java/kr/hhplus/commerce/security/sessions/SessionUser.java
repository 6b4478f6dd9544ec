package kr.hhplus.commerce.security.sessions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.security.Principal;
import java.util.Optional;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.security.accounts.Account;
import kr.hhplus.commerce.security.tokens.CallerPrincipal;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * A signed-in user, as the session stores it and, as JSON, a grant to an OAuth client. The name is the user's number:
 * the subject of tokens, and how Spring Session finds the sessions of a user. The annotations of Jackson put the type
 * on the list of those that Spring Security reads from a stored grant.
 *
 * @param generation of the account at sign-in; a session of an earlier generation has ended
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SessionUser(long userId, boolean admin, int generation)
        implements Principal, CallerPrincipal, Serializable {

    /** Returns the user of the session of this request; empty for callers with a token. */
    static Optional<SessionUser> current() {
        return SecurityContextHolder.getContext().getAuthentication().getPrincipal() instanceof SessionUser user
                ? Optional.of(user)
                : Optional.empty();
    }

    static AbstractAuthenticationToken authentication(Account account) {
        return UsernamePasswordAuthenticationToken.authenticated(
                new SessionUser(account.userId(), account.admin(), account.generation()),
                null,
                AuthorityUtils.createAuthorityList(account.roles().stream()
                        .map(role -> "ROLE_" + role.name())
                        .toList()));
    }

    @Override
    public String getName() {
        return String.valueOf(userId);
    }

    @Override
    public Caller caller() {
        return Caller.user(userId, Account.roles(admin));
    }
}
