package kr.hhplus.commerce.web.endpoint;

import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Caller.Role;

/** The access rule of an endpoint. It applies if credentials are configured. */
public enum AccessRule {
    PUBLIC,
    AUTHENTICATED,
    SERVICE_OR_ADMIN,
    ADMIN;

    public boolean isMetBy(Caller caller) {
        return switch (this) {
            case PUBLIC -> true;
            case AUTHENTICATED -> caller.authenticated();
            case SERVICE_OR_ADMIN -> caller.has(Role.SERVICE) || caller.has(Role.ADMIN);
            case ADMIN -> caller.has(Role.ADMIN);
        };
    }
}
