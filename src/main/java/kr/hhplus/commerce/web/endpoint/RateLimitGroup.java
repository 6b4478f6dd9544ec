package kr.hhplus.commerce.web.endpoint;

/** Operations that share one rate limit per user. */
public enum RateLimitGroup {
    ISSUE,
    ORDER,
    CHARGE,
    SIGN_IN,
    ADMIN,
    READ,
    /** Health and metrics: never limited. */
    NONE
}
