package kr.hhplus.commerce.web.endpoint;

/** Operations that share one rate limit per user. SIGN_IN is mainly limited per address: its callers are unknown. */
public enum RateLimitGroup {
    ISSUE,
    ORDER,
    WRITE,
    SIGN_IN,
    ADMIN,
    READ,
    /** Webhooks of payment providers, which have no user: limited per address, and accepted from any origin. */
    WEBHOOK,
    /** Health and metrics: never limited. */
    NONE
}
