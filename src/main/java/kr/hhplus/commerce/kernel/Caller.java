package kr.hhplus.commerce.kernel;

import java.util.Set;

/**
 * Who sent a request, as far as that is known: a user, another back-end, or, in local and open mode, nobody by name,
 * who may do everything.
 *
 * @param userId the user's number, or 0 for none
 * @param roles what the caller may do
 * @param known whether credentials were shown and held
 * @param name who did it, for people: {@code user 7}, {@code service billing}, {@code local}
 */
public record Caller(long userId, Set<Role> roles, boolean known, String name) {

    /** What a caller may be; a caller without any of them has shown a token that says nothing of this service. */
    public enum Role {
        USER,
        ADMIN,
        SERVICE
    }

    /** Nobody by name: local mode, or open mode behind a network that checks. Everything is allowed. */
    public static final Caller LOCAL = new Caller(0, Set.of(Role.values()), false, "local");

    /** Has shown no credentials, where they are wanted, and so gets what is open to everybody. */
    public static final Caller NOBODY = new Caller(0, Set.of(), false, "nobody");

    public Caller {
        roles = Set.copyOf(roles);
    }

    /** A person, with the roles that the token gives. */
    public static Caller user(long userId, Set<Role> roles) {
        return new Caller(userId, roles, true, "user " + userId);
    }

    /** Another back-end, which acts for users. */
    public static Caller service(String client) {
        return service(client, Set.of(Role.SERVICE));
    }

    /** Another back-end with these roles. */
    public static Caller service(String client, Set<Role> roles) {
        return new Caller(0, roles, true, "service " + client);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /**
     * For whom a request acts: the user it names, or the caller where it names none.
     *
     * @param named the number that the request names, already validated, or null
     * @throws RefusedException FORBIDDEN where that is somebody else and the caller acts for none but themselves
     */
    public long actingFor(Long named) {
        long owner = named == null ? userId : named;
        if (owner != userId && !actsForOthers()) {
            throw new RefusedException(Refusal.of(ErrorCode.FORBIDDEN));
        }
        return owner;
    }

    /**
     * Who the audit log names for what this caller does to a user's money or orders, or null for no entry:
     * users act for themselves, and in local mode nobody has shown who calls.
     */
    public String operatorName() {
        return known && actsForOthers() ? name : null;
    }

    /** The one user whose things exist for this caller, or null where everybody's do. */
    public Long sees() {
        return actsForOthers() ? null : Long.valueOf(userId);
    }

    /** Whether everybody's orders, coupons and money are this caller's business, and not its own alone. */
    public boolean actsForOthers() {
        return has(Role.ADMIN) || has(Role.SERVICE);
    }
}
