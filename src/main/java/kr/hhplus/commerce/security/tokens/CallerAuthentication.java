package kr.hhplus.commerce.security.tokens;

import java.time.Instant;
import kr.hhplus.commerce.kernel.Caller;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;

/** The caller of a verified token, without the token. Immutable, so that threads can share it. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private final transient Principal principal;
    private final Instant validUntil;
    private final @Nullable Integer generation;

    private record Principal(Caller caller) implements CallerPrincipal {}

    /**
     * Creates an authentication.
     *
     * @param validUntil when the token expires or is looked up again
     * @param generation of the account when the token was issued; null for a token that is of no account, or whose
     *     revocation is found when it is looked up again
     */
    CallerAuthentication(Caller caller, Instant validUntil, @Nullable Integer generation) {
        super(AuthorityUtils.createAuthorityList(
                caller.roles().stream().map(role -> "ROLE_" + role.name()).toList()));
        this.principal = new Principal(caller);
        this.validUntil = validUntil;
        this.generation = generation;
        super.setAuthenticated(true);
    }

    /** Returns the caller, or {@link Caller#ANONYMOUS} if the principal is none. */
    static Caller callerOf(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof CallerPrincipal known
                ? known.caller()
                : Caller.ANONYMOUS;
    }

    boolean isValidAt(Instant now) {
        return now.isBefore(validUntil);
    }

    boolean isRevokedBy(Revocations revocations) {
        return generation != null && revocations.areRevoked(principal.caller().userId(), generation);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return principal.caller().name();
    }

    @Override
    public Object getPrincipal() {
        return principal;
    }
}
