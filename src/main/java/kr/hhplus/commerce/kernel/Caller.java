package kr.hhplus.commerce.kernel;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request: a user, a service, {@link #ANONYMOUS}, or, in local and open mode, {@link #UNRESTRICTED}.
 *
 * @param userId the user's id; 0 unless {@link #isUser}
 * @param roles the roles of the caller
 * @param authenticated whether the caller is authenticated
 * @param name the name in the audit log: {@code user 7}, {@code service billing}, {@code local} (also in open mode)
 * @param claims what an external issuer has verified about the user, such as {@code email_verified}
 */
public record Caller(long userId, Set<Role> roles, boolean authenticated, String name, Set<String> claims) {

    /** The roles of this service. A valid token of another audience has none. */
    public enum Role {
        USER,
        ADMIN,
        SERVICE
    }

    /** The caller in local mode, and in open mode behind a network that authenticates. It may do everything. */
    public static final Caller UNRESTRICTED = new Caller(0, Set.of(Role.values()), false, "local", Set.of());

    /** An unauthenticated caller where authentication is required. It may call public operations only. */
    public static final Caller ANONYMOUS = new Caller(0, Set.of(), false, "anonymous", Set.of());

    public Caller {
        roles = Set.copyOf(roles);
        claims = Set.copyOf(claims);
    }

    /** Returns a user with the roles of the token. */
    public static Caller user(long userId, Set<Role> roles) {
        return user(userId, roles, Set.of());
    }

    /** Returns a user with the roles of the token, and with what its issuer has verified. */
    public static Caller user(long userId, Set<Role> roles, Set<String> claims) {
        return new Caller(userId, roles, true, "user " + userId, claims);
    }

    /** Returns a service, which acts for users, with the roles of its token. */
    public static Caller service(String client, Set<Role> roles) {
        return new Caller(0, roles, true, "service " + client, Set.of());
    }

    /** Returns whether the caller is an authenticated user. */
    public boolean isUser() {
        return userId != 0;
    }

    /** Returns whether the caller is an authenticated service. */
    public boolean isService() {
        return authenticated && !isUser();
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /**
     * Returns the user that a request acts for: the user that it requests, or the caller.
     *
     * @param requestedUserId the validated user id in the request; null for the caller itself
     * @return the number of that user
     * @throws RefusedException FORBIDDEN if that is another user and the caller has neither role ADMIN nor SERVICE
     */
    public long actingFor(@Nullable Long requestedUserId) {
        long owner = requestedUserId == null ? userId : requestedUserId;
        if (owner != userId && !actsForOthers()) {
            throw new RefusedException(Refusal.of(ErrorCode.FORBIDDEN));
        }
        return owner;
    }

    /**
     * Returns the actor of the audit log entry for a change to a user's balance or orders, or null for no entry. Users
     * act for themselves, and in local mode the caller is not authenticated.
     */
    public @Nullable String operatorName() {
        return authenticated && actsForOthers() ? name : null;
    }

    /** Returns the only user whose orders and coupons this caller can see, or null for all users. */
    public @Nullable Long visibleUserId() {
        return actsForOthers() ? null : Long.valueOf(userId);
    }

    /** Whether this caller may act for any user. */
    public boolean actsForOthers() {
        return has(Role.ADMIN) || has(Role.SERVICE);
    }
}
