package kr.hhplus.commerce.security.tokens;

import kr.hhplus.commerce.kernel.Caller;

/** The principal of an authentication that is a caller of this service. */
public interface CallerPrincipal {

    Caller caller();
}
